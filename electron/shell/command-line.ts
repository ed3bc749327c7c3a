import { DemoRole } from '../../shared/domain/session.schema.ts';

export interface CommandLine {
  /** `--demo=reception|gp|manager`: straight into the demonstration practice. */
  readonly demo: DemoRole | null;
  /** `--screenshot-when-ready=FILE`: once the first screen stands, a PNG of it is written there. */
  readonly screenshotFile: string | null;
  /** `--profile=FOLDER`: where everything of this app is kept; for tests and for trying two desktops on one computer. */
  readonly profile: string | null;
  /** `--size=WIDTHxHEIGHT` in px, for screenshots. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly theme: 'light' | 'dark' | null;
}

/** Reads our own arguments; Chromium's are left alone. An unknown demo role is a reception's. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const argument = (name: string) => argv.find((given) => given.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null;
  const wantsDemo = argv.includes('--demo') || argument('demo') !== null;
  const [width, height] = (argument('size') ?? '').split('x').map(Number);
  const theme = argument('theme');
  return {
    demo: wantsDemo ? (DemoRole.safeParse(argument('demo')).data ?? 'reception') : null,
    screenshotFile: argument('screenshot-when-ready'),
    profile: argument('profile'),
    size: width && height ? { width, height } : null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}
