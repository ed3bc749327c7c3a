// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { forgetActs, performAct } from '../../renderer/acts/perform.ts';
import { newOpId } from '../../renderer/data/api.ts';
import { Toasts } from '../../renderer/ui/overlays/toast.tsx';
import { ItemKey } from '../../shared/ids.schema.ts';
import { answeringCore } from './answering-core.ts';

const core = answeringCore();
const itemKey = ItemKey.parse('message|Communication/t1');

afterEach(() => {
  act(forgetActs);
  cleanup();
});

/** What the act names besides its own input. */
const named = () => ({ opId: newOpId(), subject: { itemKey, patientId: null }, seen: {} });
const sendsIn = (ms: number) => new Date(Date.now() + ms).toISOString();

test('an act that is held can be undone, and says so', async () => {
  core.answers['acts.perform'] = ({ opId }) => ({ ok: true, value: { opId, sendsAt: sendsIn(10_000) } });
  render(<Toasts />);
  await act(() => performAct({ kind: 'finish', ...named(), input: { outcome: null } }, 'Done'));
  expect(screen.getByRole('button', { name: /Undo/ })).toBeTruthy();
});

test('a claim is on its way at once, and no Undo is promised', async () => {
  core.answers['acts.perform'] = ({ opId }) => ({ ok: true, value: { opId, sendsAt: sendsIn(0) } });
  render(<Toasts />);
  await act(() => performAct({ kind: 'claim', ...named(), input: {} }, 'Claimed'));
  expect(screen.getByText('Claimed')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
});
