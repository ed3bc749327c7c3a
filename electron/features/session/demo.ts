import type { Input } from '../../../shared/contract.ts';
import type { Done, SessionControl } from './session-control.ts';

/** Works on as another of the invented staff, with that person's own store (SAFETY I14). */
export function switchStaff(control: SessionControl, { staffId }: Input<'demo.switch-staff'>): Promise<Done> {
  return control.switchStaff(staffId);
}

/** Pulls the demonstration's plug, or puts it back. */
export function setNetwork(control: SessionControl, { network }: Input<'demo.set-network'>): Promise<Done> {
  return control.setNetwork(network);
}
