/** Runs all benches, or those that are named, prints a table of ratios and saves it to out/bench/results.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { type Contenders, serveContender } from './apart';
import type { Row } from './bench';
import * as bus from './bus.bench';
import * as plugin from './plugin.bench';
import * as processes from './process.bench';
import * as start from './start.bench';
import * as store from './store.bench';

/** What a file bench/<name>.bench.ts offers. Figures are printed and saved; none of them fails. */
interface Bench {
  readonly name: string;
  run(): Promise<Row[]>;
  /** Those that run() measures in threads of their own. */
  readonly contenders?: Contenders;
}

/** One line for each file bench/<name>.bench.ts. */
const BENCHES: readonly Bench[] = [bus, store, processes, plugin, start];

function choose(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    const known = BENCHES.map(({ name }) => name).join(', ');
    throw new Error(`There is no bench called ${unknown.join(', ')}. Known: ${known}.`);
  }
  return names.length === 0 ? BENCHES : BENCHES.filter(({ name }) => names.includes(name));
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

function toTable(rows: readonly Row[]): string {
  const cells = rows.map(({ case: what, contender, value, unit, ratio, note }) => [
    what,
    contender,
    Number.isNaN(value) ? '' : `${grouped.format(value)} ${unit}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
    note ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) => row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
}

async function save(results: readonly { bench: string; rows: readonly Row[] }[]): Promise<string> {
  const folder = join(process.cwd(), 'out', 'bench');
  const file = join(folder, 'results.json');
  const machine = { node: process.version, platform: process.platform, cpu: cpus()[0]?.model, cpus: cpus().length };
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ time: new Date().toISOString(), machine, results }, undefined, 2)}\n`);
  return file;
}

async function main(names: readonly string[]): Promise<void> {
  const results: { bench: string; rows: readonly Row[] }[] = [];
  for (const bench of choose(names)) {
    const rows = await bench.run();
    results.push({ bench: bench.name, rows });
    console.log(`\n${bench.name}\n${toTable(rows)}`);
  }
  console.log(`\nSaved to ${await save(results)}`);
}

if (isMainThread) await main(process.argv.slice(2));
else serveContender((name) => BENCHES.find((bench) => bench.name === name)?.contenders);
