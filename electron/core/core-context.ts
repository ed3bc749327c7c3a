import type { Topic } from '../../shared/channels.ts';
import type { CorePorts } from './ports.ts';
import type { ShellLink } from './shell-link.ts';

/** What all parts of the core share, fixed at start. */
export interface CoreContext {
  readonly ports: CorePorts;
  readonly link: ShellLink;
  readonly announce: (topics: readonly Topic[]) => void;
  readonly dataFolder: string;
  readonly sqliteBinding: string | null;
  readonly appVersion: string;
}
