import type { BodyProps } from '../../acts/item-body.ts';
import { ReadingLayout } from '../../ui/list/reading-layout.tsx';
import { ReplyComposer } from './reply-composer.tsx';
import { ThreadView } from './thread-view.tsx';

/** A conversation, oldest first, and the answer under it. */
export function MessageBody({ intro, ...props }: BodyProps<'message'>) {
  const { thread, pending } = props.detail;
  return (
    <ReadingLayout intro={intro} foot={<ReplyComposer {...props} />}>
      <ThreadView thread={thread} pending={pending} />
    </ReadingLayout>
  );
}
