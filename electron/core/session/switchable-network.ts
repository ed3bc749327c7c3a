import type { Fetch } from '../ports.ts';

export interface Plug {
  readonly fetch: Fetch;
  readonly network: () => 'on' | 'off';
  readonly setNetwork: (network: 'on' | 'off') => void;
}

/** A network whose plug can be pulled: requests under way break off and new ones fail, as fetch itself fails. */
export function unpluggable(fetch: Fetch, start: 'on' | 'off'): Plug {
  let network = start;
  let pulled = new AbortController();
  return {
    fetch: async (url, init) => {
      if (network === 'off') throw new TypeError('fetch failed');
      const signal = init?.signal ? AbortSignal.any([init.signal, pulled.signal]) : pulled.signal;
      return await fetch(url, { ...init, signal });
    },
    network: () => network,
    setNetwork: (next) => {
      network = next;
      if (next === 'off') pulled.abort(new TypeError('fetch failed'));
      else if (pulled.signal.aborted) pulled = new AbortController();
    },
  };
}
