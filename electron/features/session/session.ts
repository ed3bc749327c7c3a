import type { Input, Reply } from '../../../shared/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { Done, SessionControl } from './session-control.ts';

export function sessionStatus(control: SessionControl): Reply<'session.status'> {
  return ok(control.status());
}

export function signIn(control: SessionControl, { server }: Input<'session.sign-in'>): Promise<Done> {
  return control.signIn(server);
}

export function cancelSignIn(control: SessionControl): Promise<Done> {
  return control.cancelSignIn();
}

/** The cache and the outbox stay, encrypted; what waits is sent when its author signs in again (SAFETY I13). */
export function signOut(control: SessionControl): Promise<Done> {
  return control.signOut();
}

export function startDemo(control: SessionControl, { role }: Input<'session.start-demo'>): Promise<Done> {
  return control.startDemo(role);
}

export function leaveDemo(control: SessionControl): Promise<Done> {
  return control.leaveDemo();
}

export function choosePassphrase(control: SessionControl, { passphrase }: Input<'session.choose-passphrase'>): Promise<Done> {
  return control.choosePassphrase(passphrase);
}

export function unlock(control: SessionControl, { passphrase }: Input<'session.unlock'>): Promise<Done> {
  return control.unlock(passphrase);
}

export function tryAgainToOpen(control: SessionControl): Promise<Done> {
  return control.reopenStore();
}

export function startAgain(control: SessionControl): Promise<Done> {
  return control.startAgain();
}
