/** How many of a plugin's operations of a kind run at once; the others wait in the order of asking. */
import { failed } from './refusals';

export interface Slots {
  /** Resolves with what gives the slot back. @throws StudioError capabilities/failed where nobody waits any more */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;

  const next = () => {
    if (free > 0 && waiting.length > 0) {
      free--;
      waiting.shift()?.();
    }
  };

  const release = () => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      free++;
      next();
    };
  };

  return {
    async take(signal) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      const giveBack = release();
      if (!signal.aborted) return giveBack;
      giveBack();
      throw failed('It was given up, since nobody waits for it.', 'ECANCELED');
    },
  };
}
