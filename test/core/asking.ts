import { setTimeout as pause } from 'node:timers/promises';
import type { CoreChannel } from '../../shared/channels.ts';
import { contract, type Input, type Output } from '../../shared/contract.ts';
import type { CoreProcess } from './core-process.ts';

/** Calls and expects success; the output must have the contract's shape. */
export async function ask<C extends CoreChannel>(core: CoreProcess, channel: C, input: Input<C>): Promise<Output<C>> {
  const reply = await core.call(channel, input);
  if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.error)}`);
  contract[channel].output.parse(reply.value);
  return reply.value;
}

/** Asks until the answer is as wanted: the core works beside us. */
export async function until<T>(question: () => Promise<T>, isAsWanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const value = await question();
    if (isAsWanted(value)) return value;
    await pause(50);
  }
  throw new Error(`Never as wanted: ${JSON.stringify(await question()).slice(0, 2000)}`);
}
