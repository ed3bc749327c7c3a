import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).map((path) => join('renderer', path));
const read = (path: string) => readFileSync(path, 'utf8');
const tokens = read('renderer/ui/tokens.css');

test('each class a component uses stands in its style sheet', () => {
  let used = 0;
  for (const file of files.filter((path) => path.endsWith('.tsx'))) {
    const text = read(file);
    for (const [, name = '', sheet = ''] of text.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)) {
      const css = read(join(dirname(file), sheet));
      for (const [, className] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) {
        used += 1;
        expect(css, `${file}: .${className}`).toMatch(new RegExp(`\\.${className}\\b`));
      }
    }
  }
  expect(used).toBeGreaterThan(100);
});

test('each custom property used is a token', () => {
  const known = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  const sheets = files.filter((path) => path.endsWith('.css'));
  expect(sheets.length).toBeGreaterThan(10);
  for (const file of sheets)
    for (const [, name] of read(file).matchAll(/var\((--[\w-]+)/g)) expect(known.has(name), `${file}: ${name}`).toBe(true);
});

test('no style sheet but the tokens names a colour', () => {
  for (const file of files.filter((path) => path.endsWith('.module.css')))
    expect(read(file), file).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(/i);
});

/** Relative luminance contrast, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const colours = new Map(
  [...tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    [light, dark] as const,
  ]),
);

test.each([0, 1] as const)('text keeps 4.5 : 1 and edges 3 : 1 in theme %i', (theme) => {
  const of = (name: string) => colours.get(name)?.[theme] ?? '';
  for (const ground of ['surface', 'canvas', 'raised', 'selected']) {
    for (const text of ['text', 'text2', 'accent', 'critical', 'warn'])
      expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThan(4.5);
  }
  for (const tone of ['critical', 'warn', 'ok', 'info', 'claim', 'offline'])
    expect(contrast(of(tone), of(`${tone}-bg`)), tone).toBeGreaterThan(4.5);
  expect(contrast(of('text3'), of('surface'))).toBeGreaterThan(4.5);
  expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThan(4.5);
  expect(contrast(of('control'), of('surface'))).toBeGreaterThan(3);
});
