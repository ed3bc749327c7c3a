import type { Rectangle } from 'electron';

export const minimumSize = { width: 960, height: 600 } as const;
const firstSize = { width: 1440, height: 900 } as const;

/** Where the window opens: as last left when that is still on a display, otherwise centred, never larger than the display (UI, Windows). */
export function placeWindow(last: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const home = workAreas.find((area) => last !== null && overlap(last, area) >= minimumSize.width * 40) ?? workAreas[0];
  const wanted = last ?? { x: 0, y: 0, ...firstSize };
  if (!home) return wanted;
  const width = Math.min(Math.max(wanted.width, Math.min(minimumSize.width, home.width)), home.width);
  const height = Math.min(Math.max(wanted.height, Math.min(minimumSize.height, home.height)), home.height);
  if (last === null || overlap(last, home) === 0) {
    return { x: home.x + Math.floor((home.width - width) / 2), y: home.y + Math.floor((home.height - height) / 2), width, height };
  }
  return { x: clamp(last.x, home.x, home.x + home.width - width), y: clamp(last.y, home.y, home.y + home.height - height), width, height };
}

/** Shared area in square px. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
