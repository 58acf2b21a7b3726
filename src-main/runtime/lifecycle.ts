/** The contract's lifecycle as one pure function. What it does not list is illegal. */
import { StudioError } from '@shared/errors';
import type { LifecycleState } from '@shared/schemas';

export type LifecycleStep =
  | 'load'
  | 'loaded'
  | 'initialize'
  | 'initialized'
  | 'call'
  | 'idle'
  | 'stop'
  | 'stopped'
  | 'fail';

const TRANSITIONS: Record<LifecycleState, Partial<Record<LifecycleStep, LifecycleState>>> = {
  unloaded: { load: 'loading', fail: 'error' },
  loading: { loaded: 'loaded', stop: 'stopping', fail: 'error' },
  loaded: { initialize: 'initializing', stop: 'stopping', fail: 'error' },
  initializing: { initialized: 'ready', stop: 'stopping', fail: 'error' },
  ready: { call: 'running', stop: 'stopping', fail: 'error' },
  running: { idle: 'ready', stop: 'stopping', fail: 'error' },
  stopping: { stopped: 'stopped', fail: 'error' },
  stopped: {},
  error: {},
};

/** @throws StudioError plugins/lifecycle-error where the step is illegal in that state. */
export function transition(state: LifecycleState, step: LifecycleStep): LifecycleState {
  const next = TRANSITIONS[state][step];
  if (next !== undefined) return next;
  const possible = Object.keys(TRANSITIONS[state]).join(', ') || 'nothing; start the plugin again';
  throw new StudioError('plugins/lifecycle-error', `A plugin that is ${state} cannot ${step}. Possible: ${possible}.`, {
    data: { state, step },
  });
}
