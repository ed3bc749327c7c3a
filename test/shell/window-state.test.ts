import { expect, test } from 'vitest';
import { placeWindow } from '../../electron/shell/window-state.ts';

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const second = { x: 1366, y: 0, width: 1920, height: 1040 };

test('the first window is centred and fits the display', () => {
  expect(placeWindow(null, [laptop])).toEqual({ x: 0, y: 0, width: 1366, height: 728 });
  expect(placeWindow(null, [second])).toEqual({ x: 1366 + 240, y: 70, width: 1440, height: 900 });
});

test('a window returns to where it stood, on the second display too', () => {
  const last = { x: 1500, y: 50, width: 1200, height: 800 };
  expect(placeWindow(last, [laptop, second])).toEqual(last);
});

test('a window whose display is gone comes back on the one that is there', () => {
  const placed = placeWindow({ x: 1500, y: 50, width: 1200, height: 800 }, [laptop]);
  expect(placed.x + placed.width).toBeLessThanOrEqual(1366);
  expect(placed.y + placed.height).toBeLessThanOrEqual(728);
});

test('a window hanging over the edge is pulled in', () => {
  expect(placeWindow({ x: 900, y: 300, width: 1200, height: 700 }, [laptop])).toEqual({ x: 166, y: 28, width: 1200, height: 700 });
});
