// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FirstRun } from '../../renderer/features/sign-in/first-run.tsx';
import { answeringCore } from './answering-core.ts';

const core = answeringCore();

afterEach(cleanup);

test('a sign-in that fails in the browser is told on the page one comes back to, with the address as typed', async () => {
  core.answers['session.sign-in'] = () => ({ ok: false, error: { kind: 'sign-in-failed', problem: 'timed-out', detail: null } });
  const first = render(<FirstRun />);
  fireEvent.click(screen.getByRole('button', { name: 'Sign in to your practice' }));
  fireEvent.change(screen.getByLabelText('Portal server'), { target: { value: 'portal.example.nz/fhir' } });
  fireEvent.click(screen.getByRole('button', { name: 'Continue in the browser' }));
  first.unmount();
  render(<FirstRun />);
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByLabelText('Portal server')).toHaveProperty('value', 'portal.example.nz/fhir');
  expect(core.inputsOf('session.sign-in')).toEqual([{ server: 'https://portal.example.nz/fhir' }]);
});
