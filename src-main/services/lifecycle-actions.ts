/** Which of the things that a person can ask of a plugin are possible in which state. */
import type { PluginStatus } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { LifecycleState } from '@shared/schemas';

export type LifecycleAction = 'load' | 'start' | 'stop' | 'restart' | 'reload' | 'unload' | 'release' | 'checkHealth';

const ENDED: readonly LifecycleState[] = ['unloaded', 'stopped', 'error'];
const INITIALIZED: readonly LifecycleState[] = ['ready', 'running'];

/** What is not listed is possible always. Starting what runs, and stopping what does not, changes nothing. */
const POSSIBLE: Partial<Record<LifecycleAction, readonly LifecycleState[]>> = {
  load: ENDED,
  reload: INITIALIZED,
  checkHealth: INITIALIZED,
};

const STARTS: readonly LifecycleAction[] = ['load', 'start', 'restart'];

const refuse = (message: string, data: Readonly<Record<string, unknown>>) =>
  new StudioError('plugins/lifecycle-error', message, { data });

/** @throws StudioError plugins/quarantined, plugins/lifecycle-error (data: state, action) */
export function permit(action: LifecycleAction, { state, quarantine }: Pick<PluginStatus, 'state' | 'quarantine'>) {
  if (quarantine !== undefined && STARTS.includes(action)) throw quarantined(quarantine.reasons.length);
  const possible = POSSIBLE[action];
  if (possible !== undefined && !possible.includes(state)) {
    throw refuse(`A plugin that is ${state} cannot ${action}; it can when it is ${possible.join(' or ')}.`, {
      state,
      action,
    });
  }
  if (action === 'unload' && state === 'unloaded') throw refuse('The plugin is unloaded already.', { state, action });
  if (action === 'release' && quarantine === undefined) {
    throw refuse('The plugin is not in quarantine, so there is nothing to release.', { state, action });
  }
}

export const quarantined = (crashes: number) =>
  new StudioError(
    'plugins/quarantined',
    `The plugin crashed ${crashes} times in a short while and is in quarantine. ` +
      'Look at the reasons in the Plugins view, mend it, and release it there.',
  );
