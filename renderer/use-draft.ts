import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftKind } from '../shared/contract.ts';
import type { ItemId } from '../shared/ids.ts';
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

/** A text that survives crash, lock and restart: kept by the core each 2 s while it is typed, and when the item is left (UI, Drafts). */
export function useDraft(itemId: ItemId, kind: DraftKind): Draft {
  const [text, setShown] = useState('');
  const [state, setState] = useState<Draft['state']>('loading');
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const latest = useRef({ text: '', stored: '' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const saved = latest.current.text;
    if (saved === latest.current.stored) return;
    latest.current.stored = saved;
    const reply = await call('drafts.save', { itemId, kind, text: saved });
    if (!reply.ok) latest.current.stored = '\u0000';
    if (latest.current.text !== saved) return;
    setState(reply.ok ? (saved === '' ? 'empty' : 'saved') : 'failed');
    if (reply.ok) setSavedAt(reply.value.savedAt);
  }, [itemId, kind]);

  const setText = useCallback(
    (next: string) => {
      latest.current.text = next;
      setShown(next);
      setState('typing');
      timer.current ??= setTimeout(() => void save(), saveAfterMs);
    },
    [save],
  );

  const load = useCallback(async () => {
    const reply = await call('drafts.find', { itemId, kind });
    if (!reply.ok) return;
    const { text: here, stored } = latest.current;
    if (here !== '') {
      // Our own last save coming back is nothing new; anything else was put there by an undo, or before the first look.
      if (reply.value.text !== '' && reply.value.text !== stored && reply.value.text !== here)
        setText(wordsBefore(reply.value.text, stored) + here);
      return;
    }
    latest.current = { text: reply.value.text, stored: reply.value.text };
    setShown(reply.value.text);
    setSavedAt(reply.value.savedAt);
    setState(reply.value.text === '' ? 'empty' : 'saved');
  }, [itemId, kind, setText]);

  useEffect(() => {
    void load();
    const leave = () => void save();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [load, save]);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = { text: '', stored: '' };
    setShown('');
    setState('empty');
  }, []);

  return { text, setText, state, savedAt, clear, reload: () => void load() };
}

/** What stands in `text` before the draft as it was last saved from here, with a blank line after it. */
function wordsBefore(text: string, stored: string): string {
  return stored !== '' && text.endsWith(`\n\n${stored}`) ? text.slice(0, text.length - stored.length) : `${text}\n\n`;
}
