import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftKind } from '../../shared/domain/draft.ts';
import type { ItemKey } from '../../shared/ids.ts';
import { call } from './api.ts';

export interface Draft {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** `failed`: the last words are only on the screen. */
  readonly state: 'loading' | 'empty' | 'typing' | 'saved' | 'failed';
  readonly savedAt: string | null;
  /** The text became an act: nothing is left to save. */
  readonly clear: () => void;
  /** Reads the stored draft again: after an undo the words come back, before whatever stands here. */
  readonly reload: () => void;
}

const saveAfterMs = 2000;

type Shown = Pick<Draft, 'text' | 'state' | 'savedAt'>;

/** A text that survives crash, lock and restart: kept by the core each 2 s while it is typed, and when the item is left (UI, Drafts). */
export function useDraft(itemKey: ItemKey, kind: DraftKind): Draft {
  const [shown, setShown] = useState<Shown>({ text: '', state: 'loading', savedAt: null });
  const latest = useRef({ text: '', stored: '' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const saved = latest.current.text;
    if (saved === latest.current.stored) return;
    latest.current.stored = saved;
    const reply = await call('drafts.save', { itemKey, kind, text: saved });
    if (!reply.ok) latest.current.stored = '\u0000';
    if (latest.current.text !== saved) return;
    const news = reply.ok ? { state: stateOf(saved), savedAt: reply.value.savedAt } : { state: 'failed' as const };
    setShown((before) => ({ ...before, ...news }));
  }, [itemKey, kind]);

  const setText = useCallback(
    (text: string) => {
      latest.current.text = text;
      setShown((before) => ({ ...before, text, state: 'typing' }));
      timer.current ??= setTimeout(() => void save(), saveAfterMs);
    },
    [save],
  );

  const load = useCallback(async () => {
    const reply = await call('drafts.find', { itemKey, kind });
    if (!reply.ok) return;
    const { text, savedAt } = reply.value;
    if (latest.current.text !== '') {
      const joined = withReturned(text, latest.current);
      if (joined !== latest.current.text) setText(joined);
      return;
    }
    latest.current = { text, stored: text };
    setShown({ text, state: stateOf(text), savedAt });
  }, [itemKey, kind, setText]);
  useEffect(() => void load(), [load]);
  useOnLeave(save);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = { text: '', stored: '' };
    setShown((before) => ({ ...before, text: '', state: 'empty' }));
  }, []);

  return { ...shown, setText, clear, reload: () => void load() };
}

function stateOf(text: string): 'empty' | 'saved' {
  return text === '' ? 'empty' : 'saved';
}

/** What stands here, with the words that an undo, or an earlier look, put into the store before it. Our own last save coming back is nothing new. */
function withReturned(found: string, { text: here, stored }: { readonly text: string; readonly stored: string }): string {
  if (found === '' || found === stored || found === here) return here;
  const holdsOurs = stored !== '' && found.endsWith(`\n\n${stored}`);
  return holdsOurs ? found.slice(0, found.length - stored.length) + here : `${found}\n\n${here}`;
}

/** Runs when the component goes, or the page with it. */
function useOnLeave(run: () => Promise<void>): void {
  useEffect(() => {
    const leave = () => void run();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [run]);
}
