import type { Command } from '../../commands.ts';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The commands that fit what was typed, best first: whole start, start of a word, letters in order. Macrons don't matter. */
export function rankCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = plain(typed.trim());
  if (wanted === '') return commands;
  return commands
    .map((command) => ({ command, score: scoreOf(plain(`${command.title} ${command.group}`), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

function scoreOf(text: string, wanted: string): number {
  if (text.startsWith(wanted)) return 4;
  if (text.split(/[^a-z0-9]+/).some((word) => word.startsWith(wanted))) return 3;
  if (text.includes(wanted)) return 2;
  let at = 0;
  for (const letter of text) if (letter === wanted[at]) at += 1;
  return at === wanted.length ? 1 : 0;
}
