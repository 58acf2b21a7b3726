/** How many tests of the active plugin have failed, for the tab's title; nothing where none has. */
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { Chip } from '../../ui/chip';
import { failedIds } from './model';
import { testsViewOf } from './tests-view';

export function FailedCount() {
  const stores = useStores();
  const view = testsViewOf(stores, useClient());
  const folder = useStore(stores.workbench, ({ activeFolder }) => activeFolder);
  const state = useStore(view, ({ states }) => states[folder ?? '']);
  const count = state === undefined ? 0 : failedIds(state).length;
  return count > 0 && <Chip color="var(--critical)">{count}</Chip>;
}
