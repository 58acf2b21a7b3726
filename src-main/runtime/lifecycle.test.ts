import { isStudioError } from '@shared/errors';
import { LIFECYCLE_STATES, type LifecycleState } from '@shared/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LifecycleStep, transition } from './lifecycle';

const STEPS: LifecycleStep[] = [
  'load',
  'loaded',
  'initialize',
  'initialized',
  'call',
  'idle',
  'stop',
  'stopped',
  'fail',
];

describe('the lifecycle', () => {
  it('is the one of the contract', () => {
    const states: LifecycleState[] = ['unloaded'];
    for (const step of STEPS.filter((name) => name !== 'idle' && name !== 'fail')) {
      states.push(transition(states.at(-1) ?? 'unloaded', step));
    }
    expect(states).toEqual(LIFECYCLE_STATES.slice(0, 8));
  });

  it('reaches error from every state that is not an end', () => {
    for (const state of LIFECYCLE_STATES.filter((name) => name !== 'stopped' && name !== 'error')) {
      expect(transition(state, 'fail')).toBe('error');
    }
  });

  it('leads to a state or to an error that names what is possible, whatever is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LIFECYCLE_STATES), fc.constantFrom(...STEPS), (state, step) => {
        try {
          return LIFECYCLE_STATES.includes(transition(state, step));
        } catch (error) {
          return isStudioError(error, 'plugins/lifecycle-error') && error.message.includes(state);
        }
      }),
    );
  });

  it('never leaves its ends', () => {
    for (const step of STEPS) {
      expect(() => transition('stopped', step)).toThrow('start the plugin again');
      expect(() => transition('error', step)).toThrow('start the plugin again');
    }
  });
});
