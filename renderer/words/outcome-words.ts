import type { Outcome } from '../../shared/domain/thread.ts';

export const outcomeWords: Record<Outcome, string> = {
  advice: 'Advice given',
  appointment: 'Appointment made',
  test: 'Test ordered',
  prescription: 'Prescription',
  referral: 'Referral',
  admin: 'Admin',
};
