import type { Pool, Role } from './staff.schema.ts';

export type { Pool, Role, Staff } from './staff.schema.ts';

/** The queues whose unowned items count as a person's team work. */
export function poolsOf(role: Role): readonly Pool[] {
  switch (role) {
    case 'gp':
      return ['gp'];
    case 'nurse-prescriber':
    case 'nurse':
      return ['nurse'];
    case 'reception':
    case 'admin':
      return ['reception'];
    case 'manager':
      return ['manager', 'reception'];
  }
}
