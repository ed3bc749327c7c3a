import type { Input, Reply } from '../../../shared/contract.ts';
import { err, ok } from '../../../shared/result.ts';
import { findThread, hasMessageOfAnother } from '../../store/record/threads.ts';
import { threadOf } from '../kinds/thread-view.ts';
import type { Desk } from '../use-case-context.ts';
import { queueAct } from './act.ts';
import { oneLine } from './one-line.ts';
import { mayWriteTo } from './patient-contact.ts';

/** Queues a reply to the patient, and with `finish` the item's end, as one change: both reach the server or neither does. */
export function replyToThread(desk: Desk, input: Input<'messages.reply'>): Reply<'messages.reply'> {
  return queueAct(desk, input, {
    kind: 'reply',
    mustStand: 'everything',
    draft: 'reply',
    decide: ({ item, patient }) => {
      const writable = mayWriteTo(patient);
      if (!writable.ok) return writable;
      const text = input.text.trim();
      if (text === '') return err({ kind: 'refused', reason: 'empty-text', detail: null });
      const thread = threadOf(desk.db, item);
      if (!thread) return err({ kind: 'not-found' });
      const header = findThread(desk.db, thread.id);
      if (!header) return err({ kind: 'refused', reason: 'sender-not-matched', detail: null });
      if (header.patientId !== item.patientId || hasMessageOfAnother(desk.db, thread.id, item.patientId))
        return err({ kind: 'wrong-patient' });

      return ok({
        change: {
          kind: 'reply',
          v: 1,
          threadId: thread.id,
          inResponseTo: thread.messages.findLast((message) => message.from.kind !== 'staff')?.id ?? null,
          messageId: desk.newId(),
          text,
          finish: input.finish,
          outcome: input.outcome,
        },
        summary: `Reply: ${oneLine(text)}`,
      });
    },
  });
}
