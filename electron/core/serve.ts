import { type CoreChannel, coreChannels } from '../../shared/channels.ts';
import { contract } from '../../shared/contract.ts';
import { may, type Permission } from '../../shared/domain/permissions.ts';
import type { AppError } from '../../shared/errors.ts';
import { type PortAnswer, PortRequest } from '../../shared/port-messages.ts';
import { err, type Result } from '../../shared/result.ts';
import { callSession, callView, callWriting, isSessionChannel, isWriteChannel } from '../features/handlers.ts';
import type { SessionControl } from '../features/session/session-control.ts';
import type { UseCaseContext } from '../features/use-case-context.ts';
import { storageProblemOf } from '../store/open/storage-problem.ts';
import { errorFields } from './error-fields.ts';
import type { Log } from './ports.ts';

export interface ServeContext {
  readonly control: SessionControl;
  /** The open store with its user; undefined while nobody works. */
  readonly context: () => UseCaseContext | undefined;
  readonly log: Log;
  readonly newReference: () => string;
}

type AnyReply = Result<unknown, AppError>;

/** Answers one message of a window. Undefined when it is not even a request: there is nobody to answer. */
export async function serveCall(raw: unknown, served: ServeContext): Promise<PortAnswer | undefined> {
  const request = PortRequest.safeParse(raw);
  if (!request.success) {
    served.log('warn', 'not-a-request');
    return undefined;
  }
  const { id, channel, input } = request.data;
  return { kind: 'reply', id, reply: JSON.stringify(await replyTo(channel, input, served)) };
}

async function replyTo(channel: string, input: string, served: ServeContext): Promise<AnyReply> {
  const known = coreChannels.find((name) => name === channel);
  if (known === undefined) return err({ kind: 'invalid-input', field: 'channel', problem: 'unknown' });
  try {
    return await checkAndCall(known, input, served);
  } catch (error) {
    return err(errorOfBug(error, known, served));
  }
}

function checkAndCall(channel: CoreChannel, input: string, served: ServeContext): Promise<AnyReply> | AnyReply {
  const json = parseJson(input);
  if (!json.ok) return json;
  if (isSessionChannel(channel)) {
    const parsed = contract[channel].input.safeParse(json.value);
    return parsed.success ? callSession(channel, served.control, parsed.data) : err(invalid(parsed.error.issues));
  }
  const context = served.context();
  if (isWriteChannel(channel)) {
    const parsed = contract[channel].input.safeParse(json.value);
    if (!parsed.success) return err(invalid(parsed.error.issues));
    const refused = refusal(channel, context);
    return context === undefined || refused ? (refused ?? noSession) : callWriting(channel, context, parsed.data);
  }
  const parsed = contract[channel].input.safeParse(json.value);
  if (!parsed.success) return err(invalid(parsed.error.issues));
  const refused = refusal(channel, context);
  return context === undefined || refused ? (refused ?? noSession) : callView(channel, context, parsed.data);
}

const noSession = err<AppError>({ kind: 'no-session' });

/** Acts are asked for their right by `perform`, which knows the item; all else here. */
function refusal(channel: CoreChannel, context: UseCaseContext | undefined): Result<never, AppError> | undefined {
  if (context === undefined) return noSession;
  const needs: Permission | 'nothing' = contract[channel].needs;
  return needs === 'nothing' || may(context.user.role, needs) ? undefined : err({ kind: 'not-allowed', needs });
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
function errorOfBug(error: unknown, channel: CoreChannel, { log, newReference }: ServeContext): AppError {
  const problem = storageProblemOf(error);
  if (problem === 'disk-full') return { kind: 'storage', problem };
  const reference = newReference();
  log('error', 'call-failed', { reference, channel, ...errorFields(error) });
  return problem === undefined ? { kind: 'unexpected', reference } : { kind: 'storage', problem };
}
