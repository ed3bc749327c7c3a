import { call } from '../../data/api.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { Problem, Words } from './front-page.tsx';
import { useStep } from './use-step.ts';

interface StartAgainSheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Changes not yet on the server; null when they can't be counted. */
  readonly waitingChanges: number | null;
}

/** Asks before the store on this computer is set aside. Nothing is deleted. */
export function StartAgainSheet({ isOpen, onClose, waitingChanges }: StartAgainSheetProps) {
  const { isBusy, problem, run } = useStep();
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title="Start again from the server"
      actions={
        <>
          <Button onPress={onClose}>Keep things as they are</Button>
          <Button look="danger" isBusy={isBusy} onPress={() => run(() => call('session.start-again', {}))}>
            Set the old store aside
          </Button>
        </>
      }
    >
      <Words>
        The old store is set aside, not deleted, and a new one is filled from the server. {lossWords(waitingChanges)} Drafts of the old
        store are not shown until it can be opened.
      </Words>
      {problem && <Problem>{problem}</Problem>}
    </Sheet>
  );
}

function lossWords(waiting: number | null): string {
  if (waiting === null) return 'Changes that were not sent yet can’t be counted; they stay in the old store.';
  if (waiting === 0) return 'No change was waiting to be sent.';
  return `${waiting} ${waiting === 1 ? 'change was' : 'changes were'} not sent yet; the new store offers them for you to confirm.`;
}
