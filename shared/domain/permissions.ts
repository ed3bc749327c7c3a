import type { Role } from './staff.ts';
import type { ItemKind } from './work-item.ts';

export type Permission = 'read' | 'triage' | 'reply' | 'note' | 'approve-repeat' | 'release-result' | 'manage';

/** Reception stages, a prescriber approves; only clinical staff who may sign release results (PRODUCT 19, 29; NZ-FACTS 3.5, 3.6). The server enforces the same. */
const granted: Record<Role, readonly Permission[]> = {
  gp: ['read', 'triage', 'reply', 'note', 'approve-repeat', 'release-result'],
  'nurse-prescriber': ['read', 'triage', 'reply', 'note', 'approve-repeat', 'release-result'],
  nurse: ['read', 'triage', 'reply', 'note'],
  reception: ['read', 'triage', 'reply', 'note'],
  manager: ['read', 'triage', 'reply', 'note', 'manage'],
  admin: ['read', 'triage', 'reply', 'note', 'manage'],
};

export function may(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

const toEnd: Record<ItemKind, Permission> = { message: 'triage', repeat: 'approve-repeat', result: 'release-result' };

/** Ending an item without an answer is a decision too: of a prescription request or a result it takes the right to decide on it. */
export function permissionToEnd(kind: ItemKind): Permission {
  return toEnd[kind];
}
