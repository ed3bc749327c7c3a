import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { forgetActs } from '../../renderer/acts/perform.ts';
import type { CommandId } from '../../renderer/commands.ts';
import { createQueryClient, followChanges } from '../../renderer/data/queries.ts';
import { PatientBanner } from '../../renderer/features/patients/patient-banner.tsx';
import { runCommand } from '../../renderer/keys/use-commands.ts';
import { itemBodies } from '../../renderer/main-window.tsx';
import { Toasts } from '../../renderer/ui/overlays/toast.tsx';
import { ContextPane } from '../../renderer/workspace/item/context-pane.tsx';
import { ReadingPane } from '../../renderer/workspace/item/reading-pane.tsx';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { StaffId } from '../../shared/ids.schema.ts';
import type { answeringCore } from './answering-core.ts';
import { drRangi } from './item-details.ts';

type Core = ReturnType<typeof answeringCore>;

/** Answers every query of the panes for these items, and queues every act. */
export function serve(core: Core, details: readonly ItemDetail[]): void {
  const find = (key: string) => details.find(({ item }) => item.key === key);
  core.calls.length = 0;
  core.answers = {
    'items.detail': ({ itemKey }) => {
      const detail = find(itemKey);
      return detail ? { ok: true, value: detail } : { ok: false, error: { kind: 'not-found' } };
    },
    'items.open': () => ({ ok: true, value: {} }),
    'inbox.search': () => ({ ok: true, value: { rows: [], more: false } }),
    'drafts.find': () => ({ ok: true, value: { text: '', savedAt: null } }),
    'drafts.save': () => ({ ok: true, value: { savedAt: new Date().toISOString() } }),
    'staff.list': () => ({
      ok: true,
      value: {
        staff: [
          { ...drRangi, openItems: 12 },
          { ...drRangi, id: StaffId.parse('susan'), name: 'Dr Susan Whitcombe', openItems: 9 },
        ],
        pools: [{ pool: 'nurse', openItems: 4 }],
      },
    }),
    'acts.perform': ({ opId }) => ({ ok: true, value: { opId, sendsAt: new Date(Date.now() + 10_000).toISOString() } }),
  };
}

/** The three panes of one item, as the window puts them together. `finished` counts how often the list was told to move on. */
export async function showItem(detail: ItemDetail, user: Staff = drRangi) {
  const client = createQueryClient();
  const stop = followChanges(client);
  const moved = { finished: 0 };
  const panes = (itemKey: ItemDetail['item']['key']) => (
    <QueryClientProvider client={client}>
      <PatientBanner itemKey={itemKey} />
      <section data-pane="reading" tabIndex={-1}>
        <ReadingPane
          itemKey={itemKey}
          user={user}
          position={{ index: 3, total: 41 }}
          onFinished={() => {
            moved.finished += 1;
          }}
          bodies={itemBodies}
        />
      </section>
      <ContextPane itemKey={itemKey} user={user} />
      <Toasts />
    </QueryClientProvider>
  );
  const page = render(panes(detail.item.key));
  await screen.findByRole('toolbar', { name: 'Acts on this item' });
  return {
    moved,
    goTo: (next: ItemDetail) => page.rerender(panes(next.item.key)),
    close: () => {
      stop();
      act(forgetActs);
      cleanup();
    },
  };
}

/** Runs a command as its key would. */
export async function command(id: CommandId): Promise<ReturnType<typeof runCommand>> {
  let outcome: ReturnType<typeof runCommand> = 'absent';
  await act(async () => {
    outcome = runCommand(id);
  });
  return outcome;
}
