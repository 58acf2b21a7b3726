/** What can be done with the inspector from anywhere in the window. */
import type { Dispose } from '@shared/rpc';
import type { StudioClient } from '../../client/studio-client';
import type { Stores } from '../../stores/stores';
import { confirm } from '../../ui/dialogs';
import { formatCount } from '../../ui/figures';
import { withTerm } from '../../ui/filter-terms';
import { eventsViewOf } from './events-view-of';

/** More than this is not thrown away with one click. */
const ASK_ABOVE = 10_000;

export function registerEventsCommands(stores: Stores, client: StudioClient): Dispose {
  const view = eventsViewOf(stores, client);
  const clear = async () => {
    const stored = view.getState().stats?.stored ?? 0;
    const sure =
      stored <= ASK_ABOVE ||
      (await confirm({
        title: 'Clear all events?',
        message: `${formatCount(stored, 'event')} will be gone, also those that the filter does not show. This cannot be undone.`,
        submitLabel: 'Clear',
        danger: true,
      }));
    if (sure) await view.clear();
  };
  const category = 'Events';
  /** Of the selected event. */
  const correlation = () => {
    const { selected } = view.getState();
    return selected === undefined ? undefined : view.rowAt(selected.index)?.correlationId;
  };
  const disposes = [
    stores.commands.register({
      id: 'events.filter',
      title: 'Filter events',
      category,
      icon: 'filter',
      run() {
        stores.workbench.revealPanel('events');
        view.focusFilter();
      },
    }),
    stores.commands.register({
      id: 'events.pause',
      title: 'Pause or resume the inspector',
      category,
      icon: 'debug-pause',
      run: view.togglePause,
    }),
    stores.commands.register({
      id: 'events.followCorrelation',
      title: 'Follow correlation',
      category,
      icon: 'link',
      isEnabled: () => correlation() !== undefined,
      run() {
        const id = correlation();
        if (id === undefined) return;
        stores.workbench.revealPanel('events');
        view.setText(withTerm('', 'correlation', id));
      },
    }),
    stores.commands.register({
      id: 'events.clear',
      title: 'Clear all events',
      category,
      icon: 'clear-all',
      run: clear,
    }),
  ];
  return () => {
    for (const dispose of disposes) dispose();
  };
}
