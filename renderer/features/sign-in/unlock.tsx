import { useState } from 'react';
import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { StartAgainSheet } from './start-again-sheet.tsx';
import { useStep } from './use-step.ts';

/** The store is there and closed. */
export function Unlock({ practiceName, userName }: { readonly practiceName: string; readonly userName: string }) {
  const [passphrase, setPassphrase] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { isBusy, problem, run } = useStep();
  const start = () => run(() => call('session.unlock', { passphrase }));
  return (
    <FrontPage title="Unlock Portal Desk">
      <Words>
        {userName} · {practiceName}. Your drafts and waiting changes are safe.
      </Words>
      <TextField label="Passphrase" type="password" value={passphrase} onChange={setPassphrase} onSubmit={start} autoFocus />
      {problem && <Problem>{problem}</Problem>}
      <Choices>
        <Button look="primary" isBusy={isBusy} onPress={start}>
          Unlock
        </Button>
        <Button look="quiet" onPress={() => run(() => call('session.sign-out', {}))}>
          Sign in as someone else
        </Button>
        <Button look="quiet" onPress={() => setAsking(true)}>
          I don’t know the passphrase…
        </Button>
      </Choices>
      <StartAgainSheet isOpen={isAsking} onClose={() => setAsking(false)} waitingChanges={null} />
    </FrontPage>
  );
}
