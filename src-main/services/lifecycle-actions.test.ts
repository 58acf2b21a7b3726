import { LIFECYCLE_STATES } from '@shared/schemas';
import { expect, it } from 'vitest';
import { type LifecycleAction, permit } from './lifecycle-actions';

const ACTIONS: LifecycleAction[] = ['load', 'start', 'stop', 'restart', 'reload', 'unload', 'release', 'checkHealth'];

const codeOf = (run: () => void) => {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('what is possible in which state is exactly this', () => {
  const possible = Object.fromEntries(
    LIFECYCLE_STATES.map((state) => [
      state,
      ACTIONS.filter((action) => codeOf(() => permit(action, { state })) === undefined).join(' '),
    ]),
  );
  const always = 'start stop restart';
  expect(possible).toEqual({
    unloaded: `load ${always}`,
    loading: `${always} unload`,
    loaded: `${always} unload`,
    initializing: `${always} unload`,
    ready: `${always} reload unload checkHealth`,
    running: `${always} reload unload checkHealth`,
    stopping: `${always} unload`,
    stopped: `load ${always} unload`,
    error: `load ${always} unload`,
  });
});

it('a plugin in quarantine starts by no way, and can be released', () => {
  const quarantine = { since: 1, reasons: [] };
  const codes = ACTIONS.map((action) => codeOf(() => permit(action, { state: 'error', quarantine })));
  const refused = 'plugins/quarantined';
  expect(codes).toEqual([
    refused,
    refused,
    undefined,
    refused,
    'plugins/lifecycle-error',
    undefined,
    undefined,
    'plugins/lifecycle-error',
  ]);
});

it('a refusal says when it would be possible', () => {
  expect(() => permit('reload', { state: 'stopped' })).toThrow(
    'A plugin that is stopped cannot reload; it can when it is ready or running.',
  );
});
