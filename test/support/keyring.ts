import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A person's session on one computer: a message bus with a real GNOME keyring on it. */
export interface KeyringSession {
  /** For the apps of this session. */
  readonly env: Readonly<Record<string, string>>;
  /** Unlocks what stayed locked; apps that are running stay on the same bus. */
  readonly unlock: (password: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

const busSession = 'dbus-run-session';
const programs = ['gnome-keyring-daemon', busSession, 'dbus-daemon', 'dbus-send'];

/** Why there is no keyring on this machine; undefined when there is one. */
export function missingForKeyring(): string | undefined {
  const missing = programs.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  return missing.length === 0 ? undefined : `a real keychain needs ${missing.join(', ')}`;
}

/** A bus that starts no service by itself: no prompt of the desktop's asks for the keyring's password, so a locked one stays locked. */
const busConfiguration = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * `--login` makes the default collection and unlocks it; without the password the collection that is there stays locked. A keyring that was
 * started without it can't be unlocked without a prompt (`--unlock` says yes and does nothing), so another one takes its place.
 */
const script = `
log_in() {
  if [ -n "$1" ]; then eval "$(printf '%s' "$1" | gnome-keyring-daemon --daemonize --login)"; fi
  eval "$(gnome-keyring-daemon --start --components=secrets)"
  echo "bus $DBUS_SESSION_BUS_ADDRESS"
}
keyring() {
  dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID \\
    string:org.freedesktop.secrets | tr -dc '0-9 ' | awk '{ print $NF }'
}
read -r password; log_in "$password"
while read -r password; do
  old=$(keyring); kill "$old"
  while [ "$(keyring)" = "$old" ]; do sleep 0.1; done
  log_in "$password"
done
`;

/** Logs in: to a keyring kept in `folder`, which is made at the first login. `password` null: nobody unlocks it. */
export async function startKeyring(folder: string, password: string | null): Promise<KeyringSession> {
  const [runtime, data] = [join(folder, 'run'), join(folder, 'data')];
  for (const path of [runtime, data]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const configuration = join(folder, 'bus.conf');
  writeFileSync(configuration, busConfiguration);
  const session = spawn(busSession, [`--config-file=${configuration}`, '--', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: data },
  });
  const ended = new Promise<void>((resolve) => {
    session.once('exit', () => resolve());
  });
  const lines = createInterface({ input: session.stdout })[Symbol.asyncIterator]();
  async function logIn(given: string): Promise<string> {
    session.stdin.write(`${given}\n`);
    const address = await Promise.race([busAddress(lines), ended]);
    if (!address) throw new Error('The keyring could not be started');
    return address;
  }
  const address = await logIn(password ?? '');
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address, XDG_CURRENT_DESKTOP: 'GNOME' },
    unlock: async (given) => {
      await logIn(given);
    },
    end: () => {
      // The session lasts as long as its input; with the bus goes the keyring.
      session.stdin.end();
      return ended;
    },
  };
}

async function busAddress(lines: AsyncIterator<string, undefined>): Promise<string | undefined> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return undefined;
    if (value.startsWith('bus ')) return value.slice('bus '.length);
  }
}
