import { err, ok } from '../../../shared/result.ts';
import { findThread, hasMessageOfAnother } from '../../store/record/threads.ts';
import { threadOf } from '../kinds/thread-view.ts';
import type { Decide } from './define-decide.ts';

export const decideReply: Decide<'reply'> = ({ db, item, input, newId }) => {
  const text = input.text.trim();
  if (text === '') return err({ kind: 'refused', reason: 'empty-text', detail: null });
  const thread = threadOf(db, item);
  if (!thread) return err({ kind: 'not-found' });
  const header = findThread(db, thread.id);
  if (!header) return err({ kind: 'refused', reason: 'sender-not-matched', detail: null });
  if (header.patientId !== item.patientId || hasMessageOfAnother(db, thread.id, item.patientId)) return err({ kind: 'wrong-patient' });
  return ok({
    change: {
      kind: 'reply',
      v: 1,
      threadId: thread.id,
      inResponseTo: thread.messages.findLast((message) => message.from.kind !== 'staff')?.id ?? null,
      messageId: newId(),
      text,
      finish: input.finish,
      outcome: input.outcome,
    },
    dropsDraft: 'reply',
  });
};
