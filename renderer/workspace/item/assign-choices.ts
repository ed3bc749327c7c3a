import type { Assignee } from '../../../shared/changes/assign.ts';
import type { Output } from '../../../shared/contract.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { poolWords, roleWords } from '../../words/role-words.ts';

export interface AssignChoice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly openItems: number;
  readonly assignee: Assignee;
}

/** Oneself first, then the teams, then everyone else by name. Who has it already is left out. */
export function choicesOf({ staff, pools }: Output<'staff.list'>, user: Staff, ownerId: string | null): readonly AssignChoice[] {
  const people = staff
    .filter(({ id }) => id !== ownerId)
    .map(
      ({ id, name, role, openItems }): AssignChoice => ({
        id,
        title: id === user.id ? `${name} (you)` : name,
        detail: roleWords[role],
        openItems,
        assignee: { to: 'staff', staffId: id, name },
      }),
    );
  const teams = pools.map(
    ({ pool, openItems }): AssignChoice => ({
      id: `pool-${pool}`,
      title: poolWords[pool],
      detail: 'Team',
      openItems,
      assignee: { to: 'pool', pool },
    }),
  );
  const isMe = ({ id }: AssignChoice) => id === user.id;
  const others = people.filter((choice) => !isMe(choice)).sort((a, b) => a.title.localeCompare(b.title, 'en-NZ'));
  return [...people.filter(isMe), ...teams, ...others];
}

/** Those of whom some word begins with each word typed; macrons and case don't matter. */
export function matchingChoices(choices: readonly AssignChoice[], typed: string): readonly AssignChoice[] {
  const wanted = wordsOf(typed);
  return choices.filter(({ title, detail }) => {
    const words = wordsOf(`${title} ${detail}`);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
