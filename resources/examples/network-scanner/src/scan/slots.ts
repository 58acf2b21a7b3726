/** So many things at the same time, for all scans together. Who waits is served in turn. */

export interface Slots {
  /** Resolves with what gives the slot back. */
  take(): Promise<() => void>;
}

export function createSlots(capacity: () => number): Slots {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const release = () => {
    taken--;
    while (taken < capacity() && waiting.length > 0) waiting.shift()!();
  };
  const grant = () => {
    taken++;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      release();
    };
  };
  return {
    take: () =>
      new Promise((resolve) => {
        if (taken < capacity()) resolve(grant());
        else waiting.push(() => resolve(grant()));
      }),
  };
}
