import { useState } from 'react';
import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { useStep } from './use-step.ts';

/** No keychain that can be trusted: a passphrase protects the store on this computer. Length only, no composition rules. */
export function ChoosePassphrase({ minimumLength }: { readonly minimumLength: number }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const { isBusy, problem, run } = useStep();
  const reason =
    [...passphrase.normalize('NFKC')].length < minimumLength
      ? `Use at least ${minimumLength} characters.`
      : passphrase !== again
        ? 'The two are not the same yet.'
        : undefined;
  const start = () => {
    if (reason === undefined) run(() => call('session.choose-passphrase', { passphrase }));
  };
  return (
    <FrontPage title="This computer">
      <Words>
        What you read is kept here encrypted, so that you can go on without a network. This computer has no keychain for the key, so choose
        a passphrase. You give it at each start; it can’t be looked up.
      </Words>
      <TextField
        label="Passphrase"
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        hint={`At least ${minimumLength} characters. A few unrelated words work well. Pasting is fine.`}
        autoFocus
      />
      <TextField label="The same again" type="password" value={again} onChange={setAgain} onSubmit={start} />
      {problem && <Problem>{problem}</Problem>}
      <Choices>
        <Button look="primary" isBusy={isBusy} disabledBecause={reason} onPress={start}>
          Continue
        </Button>
      </Choices>
    </FrontPage>
  );
}
