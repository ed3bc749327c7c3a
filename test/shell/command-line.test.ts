import { expect, test } from 'vitest';
import { readCommandLine } from '../../electron/shell/command-line.ts';

test('the demo role is read, and an unknown one is a reception', () => {
  expect(readCommandLine(['electron', '.', '--demo=gp']).demo).toBe('gp');
  expect(readCommandLine(['electron', '.', '--demo']).demo).toBe('reception');
  expect(readCommandLine(['electron', '.', '--demo=owner']).demo).toBe('reception');
  expect(readCommandLine(['electron', '.']).demo).toBeNull();
});

test('sizes that are not two numbers are left alone', () => {
  expect(readCommandLine(['--size=1366x768']).size).toEqual({ width: 1366, height: 768 });
  expect(readCommandLine(['--size=wide']).size).toBeNull();
});
