import { callShell } from '../../data/api.ts';
import { showToast } from '../../ui/overlays/toast.tsx';

/** Puts an NHI on the clipboard and says so. */
export async function copyNhi(nhi: string | null): Promise<void> {
  if (nhi === null) return;
  const reply = await callShell('app.copy-text', { text: nhi });
  showToast({
    id: 'copied',
    text: reply.ok ? `NHI ${nhi} copied.` : 'The clipboard did not take it. Try again.',
    tone: reply.ok ? 'neutral' : 'warn',
    until: Date.now() + 4000,
  });
}
