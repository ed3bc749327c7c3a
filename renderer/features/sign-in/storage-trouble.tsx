import { useState } from 'react';
import type { StorageProblem } from '../../../shared/errors.ts';
import { call } from '../../api.ts';
import { storageMessage } from '../../error-message.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { useStep } from './use-step.ts';

interface StorageTroubleProps {
  readonly problem: StorageProblem;
  /** Changes not yet on the server; null when they can't be counted. */
  readonly waitingChanges: number | null;
}

/** The store can't be opened. Nothing is deleted, whatever is chosen here. */
export function StorageTrouble({ problem, waitingChanges }: StorageTroubleProps) {
  const [isAsking, setAsking] = useState(false);
  const { isBusy, problem: failure, run } = useStep();
  return (
    <FrontPage title="Portal Desk can’t open its store">
      <Words>{storageMessage(problem)}</Words>
      <Words>
        Nothing was deleted. What is on the portal server is not touched by this. To try once more, put the cause right, then close Portal
        Desk and open it again.
      </Words>
      {failure && <Problem>{failure}</Problem>}
      <Choices>
        <Button autoFocus onPress={() => setAsking(true)}>
          Start again from the server…
        </Button>
      </Choices>
      <Sheet
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Start again from the server"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Keep things as they are</Button>
            <Button look="danger" isBusy={isBusy} onPress={() => run(() => call('session.start-again', {}))}>
              Set the old store aside
            </Button>
          </>
        }
      >
        <Words>
          The old store is set aside, not deleted, and a new one is filled from the server. {lossWords(waitingChanges)} Drafts of the old
          store are not shown until it can be opened.
        </Words>
      </Sheet>
    </FrontPage>
  );
}

function lossWords(waiting: number | null): string {
  if (waiting === null) return 'Changes that were not sent yet can’t be counted; they stay in the old store.';
  if (waiting === 0) return 'No change was waiting to be sent.';
  return `${waiting} ${waiting === 1 ? 'change was' : 'changes were'} not sent yet; the new store offers them for you to confirm.`;
}
