import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SubjectShape } from '../../shared/changes/changes.ts';
import type { Performed } from '../../shared/contract.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { AppError } from '../../shared/errors.ts';
import type { OpId, Seen } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { newOpId } from '../data/api.ts';

/** What each act names besides its own input: the intent, the item and the patient it was decided for, the versions seen. */
export interface ActIdentity {
  readonly opId: OpId;
  readonly subject: SubjectShape['item'];
  readonly seen: Seen;
}

export interface ItemAct {
  readonly isBusy: boolean;
  /**
   * Runs one act at a time. `content` is what is sent, as text: a retry of the same content is the same intent and keeps its op id.
   * `onQueued` runs only while the item is still on screen: an answer that comes late must not touch the next one.
   */
  readonly run: (
    content: string,
    send: (act: ActIdentity) => Promise<Result<Performed, AppError>>,
    onQueued?: () => void,
  ) => Promise<AppError | undefined>;
}

/** Acts on the item as it is shown. */
export function useItemAct({ item, seen }: Pick<ItemDetail, 'item' | 'seen'>): ItemAct {
  const client = useQueryClient();
  const isMounted = useIsMounted();
  const running = useRef(false);
  const failed = useRef<{ readonly content: string; readonly opId: OpId }>(undefined);
  const [isBusy, setBusy] = useState(false);

  const run: ItemAct['run'] = async (content, send, onQueued) => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    const opId = failed.current?.content === content ? failed.current.opId : newOpId();
    const reply = await send({ opId, subject: { itemKey: item.key, patientId: item.patientId }, seen });
    failed.current = reply.ok ? undefined : { content, opId };
    running.current = false;
    if (isMounted()) {
      setBusy(false);
      if (reply.ok) onQueued?.();
    }
    if (reply.ok) return undefined;
    if (reply.error.kind === 'stale' || reply.error.kind === 'wrong-patient')
      void client.invalidateQueries({ queryKey: ['items.detail', { itemKey: item.key }] });
    return reply.error;
  };
  return { isBusy, run };
}

/** Whether the component is still there, for what comes back after an await. */
export function useIsMounted(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return useCallback(() => mounted.current, []);
}
