import { call, connect } from '../../renderer/data/api.ts';
import { portMessage } from '../../shared/bridge.ts';
import type { ActKind, ActRequest } from '../../shared/changes/changes.ts';
import type { CoreChannel } from '../../shared/channels.ts';
import { contract, type Input, type Output } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import type { PortRequest } from '../../shared/port-messages.ts';

type Answer<C extends CoreChannel> = { readonly ok: true; readonly value: Output<C> } | { readonly ok: false; readonly error: AppError };
export type Answers = { [C in CoreChannel]?: (input: Input<C>) => Answer<C> };

type RequestOf<K extends ActKind> = Extract<ActRequest, { readonly kind: K }>;

interface AnsweringCore {
  answers: Answers;
  /** What the page asked, oldest first; every input parsed by the contract. */
  readonly calls: { readonly channel: string; readonly input: unknown }[];
  readonly inputsOf: <C extends CoreChannel>(channel: C) => Input<C>[];
  /** The acts of one kind that were asked for. */
  readonly actsOf: <K extends ActKind>(kind: K) => RequestOf<K>[];
  /** Announces that something changed. */
  readonly announce: (topics: readonly string[]) => void;
  /** Resolves when all that the page has asked so far is here and answered: the port keeps the order. */
  readonly caughtUp: () => Promise<void>;
}

/** The other end of the page's real port. It refuses what the contract does not know and answers only what the contract allows. Once per test file. */
export function answeringCore(): AnsweringCore {
  connect();
  const { port1, port2 } = new MessageChannel();
  const core: AnsweringCore = {
    answers: {},
    calls: [],
    inputsOf: (channel) =>
      core.calls.filter((call) => call.channel === channel).map((call) => contract[channel].input.parse(call.input) as never),
    actsOf: (kind) => core.inputsOf('acts.perform').filter((request) => isOf(kind, request)),
    announce: (topics) => port1.postMessage({ kind: 'changed', topics }),
    caughtUp: async () => {
      await call('sync.status', {});
    },
  };
  port1.onmessage = ({ data }: MessageEvent<PortRequest>) => {
    port1.postMessage({ kind: 'reply', id: data.id, reply: JSON.stringify(answerTo(core, data)) });
  };
  const event = new MessageEvent('message', { data: portMessage, source: window });
  Object.defineProperty(event, 'ports', { value: [port2] });
  window.dispatchEvent(event);
  return core;
}

function answerTo(core: AnsweringCore, { channel, input }: PortRequest): unknown {
  if (!isChannel(channel)) throw new Error(`The contract has no channel ${channel}`);
  const given: unknown = contract[channel].input.parse(JSON.parse(input));
  core.calls.push({ channel, input: given });
  const answer = core.answers[channel] as ((input: unknown) => Answer<CoreChannel>) | undefined;
  const reply = answer?.(given) ?? { ok: false, error: { kind: 'not-found' } };
  return reply.ok ? { ok: true, value: contract[channel].output.parse(reply.value) } : reply;
}

function isOf<K extends ActKind>(kind: K, request: ActRequest): request is RequestOf<K> {
  return request.kind === kind;
}

function isChannel(channel: string): channel is CoreChannel {
  return Object.hasOwn(contract, channel);
}
