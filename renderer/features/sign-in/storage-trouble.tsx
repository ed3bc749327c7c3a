import { useState } from 'react';
import type { StorageProblem } from '../../../shared/errors.ts';
import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { storageMessage } from '../../words/error-message.ts';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { StartAgainSheet } from './start-again-sheet.tsx';
import { useStep } from './use-step.ts';

interface StorageTroubleProps {
  readonly problem: StorageProblem;
  /** Changes not yet on the server; null when they can't be counted. */
  readonly waitingChanges: number | null;
}

/** A new store would help with these; with the others it would meet the same obstacle. */
const helpedByNewStore: ReadonlySet<StorageProblem> = new Set(['damaged', 'wrong-key', 'keychain-unavailable', 'keychain-changed']);

/** The store can't be opened. Nothing is deleted, whatever is chosen here. */
export function StorageTrouble({ problem, waitingChanges }: StorageTroubleProps) {
  const [isAsking, setAsking] = useState(false);
  const { isBusy, problem: failure, run } = useStep();
  return (
    <FrontPage title="Portal Desk can’t open its store">
      <Words>{storageMessage(problem)}</Words>
      <Words>Nothing was deleted. What is on the portal server is not touched by this. Put the cause right, then try again.</Words>
      {failure && <Problem>{failure}</Problem>}
      <Choices>
        <Button look="primary" autoFocus isBusy={isBusy} onPress={() => run(() => call('session.try-again', {}))}>
          Try again
        </Button>
        {helpedByNewStore.has(problem) && <Button onPress={() => setAsking(true)}>Start again from the server…</Button>}
      </Choices>
      <StartAgainSheet isOpen={isAsking} onClose={() => setAsking(false)} waitingChanges={waitingChanges} />
    </FrontPage>
  );
}
