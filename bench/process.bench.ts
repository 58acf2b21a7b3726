/**
 * A plugin's process beside Node's own fork with json messages: until it is there, a call, and events from one process
 * to another. What the difference buys is a sandbox, limits, checks of every message, and the bus with its history. It
 * is the time on the clock that counts, since processes wait for each other; the two take turns.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPluginBuilder, type PluginBuilder } from '../src-main/build';
import { createEventBus } from '../src-main/bus';
import { createSupervisor, type PluginInstance, type Supervisor } from '../src-main/runtime';
import { median, type Row } from './bench';
import { createPlainForks, end, type PlainForks } from './plain-fork';

export const name = 'process';

const STARTS = 15;
const CALLS = 3000;
const EVENTS = 20_000;
const ROUNDS = 5;
const soon = { timeoutMs: 120_000 };
/** As much as a short finding says. */
const TEXT = 'A connection to 203.0.113.7:4444 was opened by /usr/bin/curl, which no rule allows.';

const source = `
import { AnalyzerPlugin, type AnalysisResponse } from 'mcp-plugin-sdk';

export class Bench extends AnalyzerPlugin {
  #heard = 0;
  #wanted = 0;
  #all = () => {};
  override getSupportedTypes() { return ['source_code']; }
  override async analyze(request): Promise<AnalysisResponse> {
    return { request_id: request.request_id, status: 'success' };
  }
  /** Sends. */
  async enrich({ count, text }) {
    for (let sent = 0; sent < count; ) {
      const some = [];
      for (let i = 0; i < 500 && sent < count; i++, sent++) {
        some.push(this.eventBus.publish({ event_type: 'custom.bench', data: { at: sent, text } }));
      }
      await Promise.all(some);
    }
    return true;
  }
  async #hear() {
    await this.eventBus.subscribe('bench', (events) => {
      this.#heard += events.length;
      if (this.#heard >= this.#wanted) this.#all();
    }, { event_types: ['custom.bench'] }, { delivery_mode: 'batch', batch_size: 256, batch_timeout: 0, max_queue_size: 100000 });
  }
  /** Begins to count. */
  async cancelScan({ count }) {
    const hears = this.#wanted > 0;
    this.#heard = 0;
    this.#wanted = count;
    if (!hears) await this.#hear();
    return true;
  }
  /** Answers when all was heard. */
  async getRulesInfo() {
    if (this.#heard < this.#wanted) await new Promise<void>((resolve) => { this.#all = resolve; });
    return { heard: this.#heard };
  }
}`;

const manifest = { name: 'bench', version: '1.0.0' };

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** How often each is done in a row: both have their turn while the machine is as it is. */
async function mediansOf(rounds: number, works: readonly (() => Promise<number>)[]): Promise<number[]> {
  const times: number[][] = works.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) times[at]?.push(await work());
  }
  return times.map(median);
}

interface Field {
  readonly forks: PlainForks;
  readonly supervisor: Supervisor;
  readonly start: () => Promise<PluginInstance>;
}

async function benchStarts({ forks, supervisor, start }: Field, cold: () => Promise<PluginInstance>): Promise<Row[]> {
  const started = async (from: () => Promise<PluginInstance>) => {
    let plugin: PluginInstance | undefined;
    const took = await timeOf(async () => {
      plugin = await from();
    });
    await plugin?.stop();
    return took;
  };
  const [plain = 0, slow = 0, fast = 0] = await mediansOf(STARTS, [
    async () => {
      const began = performance.now();
      const child = await forks.start();
      const took = performance.now() - began;
      await end(child);
      return took;
    },
    () => started(cold),
    async () => {
      await supervisor.prepare();
      return started(start);
    },
  ]);
  const what = 'process start';
  return [
    { case: what, contender: 'plain fork', value: plain, unit: 'ms', ratio: 1, note: 'until it says a word' },
    {
      case: what,
      contender: 'plugin, cold',
      value: slow,
      unit: 'ms',
      ratio: plain / slow,
      note: `until initialize() is done; ${supervisor.isolation}`,
    },
    { case: what, contender: 'plugin, from standby', value: fast, unit: 'ms', ratio: plain / fast },
  ];
}

async function benchCalls({ forks, start }: Field): Promise<Row[]> {
  const child = await forks.start();
  const plugin = await start();
  const [plain = 0, own = 0] = await mediansOf(CALLS, [
    () => timeOf(() => forks.roundTrip(child)),
    () => timeOf(() => plugin.invoke('get_supported_types', [], soon)),
  ]);
  await end(child);
  await plugin.stop();
  const what = 'call there and back';
  return [
    { case: what, contender: 'plain fork, json', value: plain * 1000, unit: 'µs', ratio: 1 },
    { case: what, contender: 'plugin', value: own * 1000, unit: 'µs', ratio: plain / own },
  ];
}

async function benchEvents({ forks, start }: Field): Promise<Row[]> {
  const [sender, hearer] = [await start(), await start()];
  const overBus = async () => {
    await hearer.invoke('cancel_scan', [{ count: EVENTS }], soon);
    const heard = hearer.invoke('get_rules_info', [], soon);
    const took = await timeOf(() =>
      Promise.all([sender.invoke('enrich', [{ count: EVENTS, text: TEXT }], soon), heard]),
    );
    return took;
  };
  const [plain = 0, own = 0] = await mediansOf(ROUNDS, [() => timeOf(() => forks.relay(EVENTS, TEXT)), overBus]);
  await Promise.all([sender.stop(), hearer.stop()]);
  const what = 'events, process to process';
  const perSecond = (ms: number) => Math.round(EVENTS / (ms / 1000));
  return [
    { case: what, contender: 'plain fork, json, relayed', value: perSecond(plain), unit: 'events/s', ratio: 1 },
    { case: what, contender: 'plugin → bus → plugin', value: perSecond(own), unit: 'events/s', ratio: plain / own },
  ];
}

async function buildPlugin(builder: PluginBuilder, folder: string) {
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/bench.ts'), source);
  const entry = { module: 'src.bench', className: 'Bench', language: 'typescript', file: 'src/bench.ts' } as const;
  const { artifact, report } = await builder.build(folder, entry);
  if (artifact === undefined) throw new Error(report.diagnostics.map(({ message }) => message).join('\n'));
  return artifact;
}

export async function run(): Promise<Row[]> {
  const root = process.cwd();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-bench-')));
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(root, 'resources/sdk/mcp-plugin-sdk.mjs') });
  const runnerFile = join(root, 'out/main/runner-javascript.js');
  const terms = { bus, runnerFile, tempFolder: join(folder, 'temp') };
  // It floods on purpose.
  const limits = { eventsPerSecond: 1_000_000, eventBurst: 1_000_000 };
  const supervisor = createSupervisor({ ...terms, limits });
  const withoutStandby = createSupervisor({ ...terms, limits });
  try {
    const artifact = await buildPlugin(builder, folder);
    const startFrom = (from: Supervisor) => () => from.start({ folder, manifest, artifact, config: {}, generation: 1 });
    const field = { forks: await createPlainForks(folder), supervisor, start: startFrom(supervisor) };
    const starts = await benchStarts(field, startFrom(withoutStandby));
    return [...starts, ...(await benchCalls(field)), ...(await benchEvents(field))];
  } finally {
    await Promise.all([supervisor.close(), withoutStandby.close()]);
    await builder.close();
    await bus.close();
    await rm(folder, { recursive: true, force: true });
  }
}
