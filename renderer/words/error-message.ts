import { clinicalDateTime } from '../../shared/dates.ts';
import type { AppError, RefusalReason, SignInProblem, StorageProblem } from '../../shared/errors.ts';
import { assertNever } from '../../shared/result.ts';
import { practiceZone } from './practice-zone.ts';

/** What a person is told: what happened, what is safe, what to do. One line per kind. */
export function errorMessage(error: AppError): string {
  switch (error.kind) {
    case 'not-found':
      return 'This is no longer here. It may have been moved or taken back on the portal.';
    case 'stale':
      return `${error.changedBy ?? 'Someone'} changed this${error.changedAt ? ` at ${clinicalDateTime(error.changedAt, practiceZone)}` : ''} after you opened it. Your decision was not sent. Please look again.`;
    case 'taken':
      return `${error.by} has this${error.since ? ` since ${clinicalDateTime(error.since, practiceZone)}` : ''}. Nothing was changed.`;
    case 'wrong-patient':
      return 'This item now belongs to another patient. Nothing was sent. Open it again.';
    case 'not-allowed':
      return permissionMessage(error.needs);
    case 'refused':
      return error.detail ? `${refusalMessage(error.reason)} ${error.detail}` : refusalMessage(error.reason);
    case 'invalid-input':
      return `This can’t be taken as it stands (${error.field}: ${error.problem}). Nothing was sent.`;
    case 'no-session':
      return 'Sign in first. What you wrote is kept.';
    case 'wrong-passphrase':
      return error.attemptsLeft === null
        ? 'That passphrase does not open this store. Try again.'
        : `That passphrase does not open this store. ${error.attemptsLeft} more ${error.attemptsLeft === 1 ? 'try' : 'tries'}.`;
    case 'weak-passphrase':
      return `Use at least ${error.minimumLength} characters. A few unrelated words work well.`;
    case 'sign-in-failed':
      return error.detail ? `${signInMessage(error.problem)} (${error.detail})` : signInMessage(error.problem);
    case 'storage':
      return storageMessage(error.problem);
    case 'too-late':
      return error.what === 'undo'
        ? 'Too late to undo: it has been sent.'
        : 'Too late: this change has moved on. Look at it in the outbox.';
    case 'restarting':
      return 'Portal Desk is restarting its inner part. Your drafts are safe. Try again in a moment.';
    case 'unexpected':
      return `Something went wrong on our side. Nothing is lost. Quote ${error.reference} to support.`;
    default:
      return assertNever(error);
  }
}

function permissionMessage(needs: string): string {
  switch (needs) {
    case 'release-result':
      return 'Releasing results needs a prescriber role. Ask your practice manager.';
    case 'approve-repeat':
      return 'Approving repeat prescriptions needs a prescriber role. Ask your practice manager.';
    default:
      return 'Your role does not allow this. Ask your practice manager.';
  }
}

/** Why the rules refuse an act, before the core is asked. */
export function refusalMessage(reason: RefusalReason): string {
  switch (reason) {
    case 'patient-deceased':
      return 'This patient has died. Nothing can be sent.';
    case 'sender-not-matched':
      return 'The sender is not matched to a patient. Match them before you reply.';
    case 'empty-text':
      return 'Write something first.';
    case 'text-too-long':
      return 'This text is too long for the portal. Shorten it.';
    case 'nothing-decided':
      return 'Tick or decline at least one medicine.';
    case 'medicine-blocked':
      return 'A rule blocks this medicine. Decline it, or see the patient.';
    case 'medicine-not-acknowledged':
      return 'Read and acknowledge the warnings first.';
    case 'reason-needed':
      return 'Give a reason.';
    case 'contact-not-recorded':
      return 'This result is critical. Record how the patient was told before you release it.';
    case 'comment-or-explicit-none-needed':
      return 'This result is outside its range. Add a comment, or say that none is needed.';
    case 'discussion-not-recorded':
      return 'Results of this kind are discussed first. Record when and how.';
    case 'result-not-final':
      return 'The laboratory has not finished this result.';
    case 'hold-needs-end':
      return 'A hold needs a day on which it ends.';
    case 'item-closed':
      return 'This item is already closed.';
    case 'hold-over':
      return 'The hold is over. Nothing was changed.';
    default:
      return assertNever(reason);
  }
}

function signInMessage(problem: SignInProblem): string {
  switch (problem) {
    case 'cancelled':
      return 'Sign-in was cancelled.';
    case 'timed-out':
      return 'Nobody finished signing in within the time. Start again.';
    case 'no-answer':
      return 'The portal server did not answer. Check the address and the network.';
    case 'not-a-portal':
      return 'There is no portal server at this address. Check it with your practice manager.';
    case 'certificate':
      return "The server's certificate is not trusted on this computer. Tell your IT support.";
    case 'refused':
      return 'The portal refused this sign-in. Ask your practice manager.';
    case 'wrong-answer':
      return 'The answer of the sign-in page did not fit. Start again.';
    case 'no-role':
      return 'Your account has no role at this practice. Ask your practice manager.';
    case 'different-user':
      return 'This was another person’s sign-in. Changes that wait are sent only by the person who made them.';
    default:
      return assertNever(problem);
  }
}

/** Also the headline of the storage page. */
export function storageMessage(problem: StorageProblem): string {
  switch (problem) {
    case 'newer-file':
      return 'The store on this computer was written by a newer Portal Desk. Update the app.';
    case 'damaged':
      return 'The store on this computer is damaged.';
    case 'wrong-key':
      return 'The key of this computer does not open the store.';
    case 'keychain-unavailable':
      return 'The keychain of this computer does not answer. Unlock it first.';
    case 'keychain-changed':
      return 'The keychain of this computer has changed, so the key can no longer be read.';
    case 'disk-full':
      return 'The disk is full. Free some space first.';
    case 'not-a-local-disk':
      return 'The store would lie on a network disk, where it could be damaged. Choose a local profile.';
    default:
      return assertNever(problem);
  }
}
