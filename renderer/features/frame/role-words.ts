import type { Role } from '../../../shared/domain/staff.ts';

export const roleWords: Record<Role, string> = {
  gp: 'GP',
  'nurse-prescriber': 'prescribing nurse',
  nurse: 'nurse',
  reception: 'reception',
  manager: 'practice manager',
  admin: 'administrator',
};
