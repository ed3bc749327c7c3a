import type { FaultContext, FaultHook, FaultPoint } from '../../electron/demo/fhir-server/faults.ts';
import { type PortalServer, startPortalServer } from '../../electron/demo/fhir-server/server.ts';
import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';

/** What the server does wrong from now on; replaced by tests as they go. */
export interface Faulty {
  hook: FaultHook | undefined;
}

export interface SmallPractice {
  readonly server: PortalServer;
  readonly faults: Faulty;
  /** Ids of open items that nobody has begun, by kind. */
  readonly free: Readonly<Record<'message' | 'repeat' | 'result', string[]>>;
}

const now = '2026-11-20T01:00:00Z';

/** The generated practice in small behind the real server over HTTP, with faults at hand. */
export async function startSmallPractice(
  options: { seed?: number; openItems?: number; clock?: () => number } = {},
): Promise<SmallPractice> {
  const faults: Faulty = { hook: undefined };
  const hook: FaultHook = (point: FaultPoint, context: FaultContext) => faults.hook?.(point, context);
  const server = await startPortalServer({ databasePath: ':memory:', faults: hook, ...(options.clock && { clock: options.clock }) });
  const free: SmallPractice['free'] = { message: [], repeat: [], result: [] };
  const { seed = 7, openItems = 40 } = options;
  for (const { resources } of generatePractice({ seed, now, enrolled: 60, openItems, historyItems: 20 })) {
    const plain: Readable[] = JSON.parse(JSON.stringify(resources)).map(freed);
    server.load(plain);
    for (const resource of plain) noteFree(free, resource);
  }
  return { server, faults, free };
}

export interface Readable {
  readonly resourceType: string;
  readonly id: string;
  readonly status?: string;
  readonly owner?: { readonly reference: string };
}

/** Results are born with an owner, and a colleague's item is theirs: here whoever comes first may decide. */
export function freed(resource: Readable): Readable {
  if (!/^task-result-/.test(resource.id) || resource.status !== 'requested') return resource;
  const { owner: _, ...free } = resource;
  return free;
}

/** Somebody's, and not a team's. */
export function isOwned({ owner }: Pick<Readable, 'owner'>): boolean {
  return owner?.reference.startsWith('PractitionerRole/') ?? false;
}

function noteFree(free: SmallPractice['free'], resource: Readable): void {
  const { resourceType, id, status } = resource;
  const kind = /^task-(message|repeat|result)-/.exec(id)?.[1];
  if (resourceType !== 'Task' || status !== 'requested') return;
  if (isOwned(resource)) return;
  if (kind === 'message' || kind === 'repeat' || kind === 'result') free[kind].push(id);
}
