import type { Pool, Role } from '../../shared/domain/staff.ts';

export const roleWords: Record<Role, string> = {
  gp: 'GP',
  'nurse-prescriber': 'Nurse prescriber',
  nurse: 'Nurse',
  reception: 'Reception',
  manager: 'Practice manager',
  admin: 'Administrator',
};

export const poolWords: Record<Pool, string> = { gp: 'GPs', nurse: 'Nurses', reception: 'Reception', manager: 'Practice manager' };
