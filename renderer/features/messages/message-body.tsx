import type { ReactNode } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { ReadingLayout } from '../../ui/reading-layout.tsx';
import { ReplyComposer } from './reply-composer.tsx';
import { ThreadView } from './thread-view.tsx';

interface MessageBodyProps {
  readonly detail: Extract<ItemDetail, { kind: 'message' }>;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly intro: ReactNode;
}

/** A conversation, oldest first, and the answer under it. */
export function MessageBody({ detail, user, unseenChange, onFinished, intro }: MessageBodyProps) {
  return (
    <ReadingLayout intro={intro} foot={<ReplyComposer detail={detail} user={user} unseenChange={unseenChange} onSent={onFinished} />}>
      <ThreadView thread={detail.thread} pending={detail.pending} />
    </ReadingLayout>
  );
}
