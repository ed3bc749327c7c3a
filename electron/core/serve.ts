import { type CoreChannel, coreChannels } from '../../shared/channels.ts';
import { contract } from '../../shared/contract.ts';
import { may } from '../../shared/domain/permissions.ts';
import type { AppError } from '../../shared/errors.ts';
import { type PortAnswer, PortRequest } from '../../shared/port-messages.ts';
import { err, type Result } from '../../shared/result.ts';
import { callDesk, callSession, isSessionChannel } from '../features/handlers.ts';
import type { SessionControl } from '../features/session/session-control.ts';
import type { Desk } from '../features/use-case-context.ts';
import { storageProblemOf } from '../store/open/storage-problem.ts';
import { bugFields } from './error-fields.ts';
import type { Log } from './ports.ts';

export interface Served {
  readonly control: SessionControl;
  /** The open store with its user; undefined while nobody works. */
  readonly desk: () => Desk | undefined;
  readonly log: Log;
  readonly newReference: () => string;
}

type AnyReply = Result<unknown, AppError>;

/** Answers one message of a window. Undefined when it is not even a request: there is nobody to answer. */
export async function serveCall(raw: unknown, served: Served): Promise<PortAnswer | undefined> {
  const request = PortRequest.safeParse(raw);
  if (!request.success) {
    served.log('warn', 'not-a-request');
    return undefined;
  }
  const { id, channel, input } = request.data;
  return { kind: 'reply', id, reply: JSON.stringify(await replyTo(channel, input, served)) };
}

async function replyTo(channel: string, input: string, served: Served): Promise<AnyReply> {
  const known = coreChannels.find((name) => name === channel);
  if (known === undefined) return err({ kind: 'invalid-input', field: 'channel', problem: 'unknown' });
  try {
    return await checkAndCall(known, input, served);
  } catch (bug) {
    return err(errorOfBug(bug, known, served));
  }
}

function checkAndCall(channel: CoreChannel, input: string, served: Served): Promise<AnyReply> | AnyReply {
  const json = parseJson(input);
  if (!json.ok) return json;
  if (isSessionChannel(channel)) {
    const parsed = contract[channel].input.safeParse(json.value);
    return parsed.success ? callSession(channel, served.control, parsed.data) : err(invalid(parsed.error.issues));
  }
  const parsed = contract[channel].input.safeParse(json.value);
  if (!parsed.success) return err(invalid(parsed.error.issues));
  const desk = served.desk();
  if (!desk) return err({ kind: 'no-session' });
  const { needs } = contract[channel];
  if (!may(desk.user.role, needs)) return err({ kind: 'not-allowed', needs });
  return callDesk(channel, desk, parsed.data);
}

function parseJson(text: string): Result<unknown, AppError> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return err({ kind: 'invalid-input', field: '', problem: 'not JSON' });
  }
}

function invalid(issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string | undefined }[]): AppError {
  const first = issues[0];
  return { kind: 'invalid-input', field: first?.path.map(String).join('.') ?? '', problem: first?.code ?? 'invalid' };
}

/** A full disk and a damaged file are told as such; anything else is a bug, with a reference to find it by. */
function errorOfBug(bug: unknown, channel: CoreChannel, { log, newReference }: Served): AppError {
  const problem = storageProblemOf(bug);
  if (problem === 'disk-full') return { kind: 'storage', problem };
  const reference = newReference();
  log('error', 'call-failed', { reference, channel, ...bugFields(bug) });
  return problem === undefined ? { kind: 'unexpected', reference } : { kind: 'storage', problem };
}
