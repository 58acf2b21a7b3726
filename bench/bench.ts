/** What a file bench/<name>.bench.ts offers: its name and run(). Figures are printed and saved; none of them fails. */
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

export interface Bench {
  readonly name: string;
  run(): Promise<Row[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

export interface Contender {
  readonly name: string;
  /** Does the whole work once. @returns what it did, so that contenders can be seen to do the same */
  run(): Promise<number> | number;
}

export interface Measured {
  readonly name: string;
  readonly ms: number;
  readonly did: number;
}

/** All contenders in turn, again and again, so that whatever else the machine does disturbs all of them alike. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const did = new Map<string, number>();
  for (const contender of contenders) await contender.run();
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      const began = performance.now();
      did.set(contender.name, await contender.run());
      times.get(contender.name)?.push(performance.now() - began);
    }
  }
  return contenders.map(({ name }) => ({ name, ms: median(times.get(name) ?? []), did: did.get(name) ?? 0 }));
}
