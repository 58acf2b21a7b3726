/**
 * Processes that were replaced and still answer what they were asked. One goes when nobody uses it any more and no
 * call is in progress, or when nobody has asked it anything for long.
 */
import type { Dispose } from '@shared/rpc';
import type { PluginInstance } from '../runtime/plugin-instance';

export interface Draining {
  /** Somebody will ask it more than once. @returns says that this is over */
  use(instance: PluginInstance): Dispose;
  begin(instance: PluginInstance): void;
  /** Ends them all. */
  stop(): Promise<void>;
}

/** Whoever uses it may do something else between two calls, but not for ever. */
const LONGEST_PAUSE_MS = 30_000;

export function createDraining(onError: (error: unknown) => void): Draining {
  const uses = new Map<PluginInstance, number>();
  const old = new Map<PluginInstance, Dispose>();

  const end = async (instance: PluginInstance) => {
    old.get(instance)?.();
    old.delete(instance);
    await instance.stop();
  };

  const drain = async (instance: PluginInstance) => {
    await instance.drained();
    if (old.has(instance) && !uses.has(instance)) await end(instance);
  };

  return {
    use(instance) {
      uses.set(instance, (uses.get(instance) ?? 0) + 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (uses.get(instance) ?? 1) - 1;
        if (left > 0) uses.set(instance, left);
        else uses.delete(instance);
        if (old.has(instance)) drain(instance).catch(onError);
      };
    },
    begin(instance) {
      let isPaused = false;
      const timer = setInterval(() => {
        if (!instance.isBusy() && isPaused) void end(instance).catch(onError);
        isPaused = !instance.isBusy();
      }, LONGEST_PAUSE_MS);
      timer.unref();
      old.set(instance, () => clearInterval(timer));
      drain(instance).catch(onError);
    },
    async stop() {
      await Promise.all([...old.keys()].map(end));
    },
  };
}
