import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { useStep } from './use-step.ts';

/** The browser has the word; this page waits. */
export function SigningIn({ server }: { readonly server: string }) {
  const { isBusy, problem, run } = useStep();
  return (
    <FrontPage title="Finish in your browser">
      <Words>The sign-in page of {server} is open in your browser. This window goes on by itself when you are done there.</Words>
      {problem && <Problem>{problem}</Problem>}
      <Choices>
        <Button autoFocus isBusy={isBusy} onPress={() => run(() => call('session.cancel-sign-in', {}))}>
          Cancel sign-in
        </Button>
      </Choices>
    </FrontPage>
  );
}
