/** Figures, and how they are got. */
export interface Row {
  /** What is done, such as 10 subscribers. Rows of one case are compared with each other. */
  readonly case: string;
  /** Who does it. */
  readonly contender: string;
  readonly value: number;
  readonly unit: string;
  /** To the case's baseline; above 1 is better, whether the unit is a rate or a time. */
  readonly ratio?: number;
  /** What one must know to read the figure. */
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

export interface Contender {
  readonly name: string;
  /** Does its work once. @returns what came of it, so that contenders can be seen to do the same */
  run(): Promise<number> | number;
  /** Which part of the whole work it does, where all of it would take too long; 1 unless told. */
  readonly part?: number;
}

export interface Measured {
  readonly name: string;
  /** What the whole work takes of the processor's time. */
  readonly ms: number;
  /** What came of the whole work. */
  readonly did: number;
}

/** The processor's time that this process took so far. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * For work that computes and does not wait. It is the processor's time that counts, and the quickest round of each
 * contender, one after the other again and again: so what else the machine does tells least.
 */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const measured = contenders.map(({ name }) => ({ name, ms: Number.POSITIVE_INFINITY, did: 0 }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, { run, part = 1 }] of contenders.entries()) {
      const began = processorMs();
      const did = (await run()) / part;
      const ms = (processorMs() - began) / part;
      const best = measured[at] as Measured;
      measured[at] = { ...best, did, ms: Math.min(best.ms, ms) };
    }
  }
  return measured;
}
