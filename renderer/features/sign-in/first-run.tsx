import { useState, useSyncExternalStore } from 'react';
import type { DemoRole } from '../../../shared/domain/session.ts';
import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { TextField } from '../../ui/forms/text-field.tsx';
import { errorMessage } from '../../words/error-message.ts';
import { Choices, FrontPage, Problem, Words } from './front-page.tsx';
import { useStep } from './use-step.ts';

type Page = 'start' | 'sign-in' | 'demo';

const demoRoles: readonly { readonly role: DemoRole; readonly title: string }[] = [
  { role: 'reception', title: 'As receptionist' },
  { role: 'gp', title: 'As GP' },
  { role: 'manager', title: 'As practice manager' },
];

/** "Kia ora. Portal Desk": sign in, or try the demonstration practice in a role. */
export function FirstRun() {
  const { problem } = useAttempt();
  const [chosen, setPage] = useState<Page>('start');
  const page = problem === undefined ? chosen : 'sign-in';
  const backToStart = () => {
    forgetAttempt();
    setPage('start');
  };
  if (page === 'sign-in') return <SignIn onBack={backToStart} />;
  if (page === 'demo') return <ChooseDemo onBack={() => setPage('start')} />;
  return (
    <FrontPage title="Kia ora. Portal Desk">
      <Words>One queue for your practice’s patient portal: messages, repeat prescriptions and results.</Words>
      <Choices>
        <Button look="primary" autoFocus onPress={() => setPage('sign-in')}>
          Sign in to your practice
        </Button>
        <Button onPress={() => setPage('demo')}>Try the demo practice</Button>
      </Choices>
    </FrontPage>
  );
}

function SignIn({ onBack }: { readonly onBack: () => void }) {
  const attempt = useAttempt();
  const [server, setServer] = useState(attempt.server);
  const [isBusy, setBusy] = useState(false);
  async function start() {
    setBusy(true);
    rememberAttempt({ server, problem: undefined });
    const reply = await call('session.sign-in', { server: withScheme(server) });
    setBusy(false);
    if (reply.ok) forgetAttempt();
    else rememberAttempt({ server, problem: errorMessage(reply.error) });
  }
  return (
    <FrontPage title="Sign in to your practice">
      <Words>Your practice manager has the address of the portal server. The sign-in page opens in your browser.</Words>
      <TextField
        label="Portal server"
        placeholder="https://portal.example.nz/fhir"
        value={server}
        onChange={setServer}
        onSubmit={() => void start()}
        type="url"
        autoFocus
      />
      {attempt.problem && <Problem>{attempt.problem}</Problem>}
      <Choices>
        <Button
          look="primary"
          isBusy={isBusy}
          onPress={() => void start()}
          disabledBecause={server.trim() === '' ? 'Give the server’s address first.' : undefined}
        >
          Continue in the browser
        </Button>
        <Button look="quiet" onPress={onBack}>
          Back
        </Button>
      </Choices>
    </FrontPage>
  );
}

function ChooseDemo({ onBack }: { readonly onBack: () => void }) {
  const { isBusy, problem, run } = useStep();
  return (
    <FrontPage title="Kauri Street Medical Centre">
      <Words>A practice of invented people. No network is needed and nothing leaves this computer. Whose work do you want to see?</Words>
      {problem && <Problem>{problem}</Problem>}
      <Choices>
        {demoRoles.map(({ role, title }, place) => (
          <Button
            key={role}
            look={place === 0 ? 'primary' : 'plain'}
            autoFocus={place === 0}
            isBusy={isBusy}
            onPress={() => run(() => call('session.start-demo', { role }))}
          >
            {title}
          </Button>
        ))}
        <Button look="quiet" onPress={onBack}>
          Back
        </Button>
      </Choices>
    </FrontPage>
  );
}

/** `portal.example.nz/fhir` is meant as https. */
function withScheme(address: string): string {
  const trimmed = address.trim();
  return /^https?:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`;
}

/**
 * The last try to sign in. Kept outside the page, because while the browser is open another page stands in its place, and what went wrong
 * must still be told when the first one is back.
 */
interface Attempt {
  readonly server: string;
  /** In words; undefined: none made, or none failed. */
  readonly problem: string | undefined;
}

const none: Attempt = { server: '', problem: undefined };
let attempt = none;
const listeners = new Set<() => void>();

function rememberAttempt(next: Attempt): void {
  attempt = next;
  for (const listener of listeners) listener();
}

function forgetAttempt(): void {
  rememberAttempt(none);
}

function useAttempt(): Attempt {
  return useSyncExternalStore(subscribe, () => attempt);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
