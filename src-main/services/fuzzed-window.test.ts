import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as contracts from '@shared/contracts';
import { createWirePort, type ServiceDefinition } from '@shared/rpc';
import { type RequestFrame, RequestFrameSchema, type ResponseFrame } from '@shared/rpc/frames';
import { Create } from 'typebox/value';
import { expect, onTestFinished, test } from 'vitest';
import { HOW_MANY, SEED, sampleOf } from '../runtime/mutations.fixture';
import { createCompiledCheck } from './compiled-check';
import { createStudio } from './create-studio';

const built = resolve(import.meta.dirname, '../../out/test');

const definitions: readonly ServiceDefinition[] = Object.values(contracts).filter(
  (value): value is ServiceDefinition & typeof value =>
    typeof value === 'object' && value !== null && 'calls' in value && 'events' in value && 'name' in value,
);

/** They start processes, or close what the others are about: each only for a folder that cannot be built. */
const HEAVY =
  /^(build\.|tests\.|plugins\.(load|start|restart|reload)|runs\.(start|callMethod|listChoices)|workspace\.(closePlugin|openExample))/;

const source = `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class Sample extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze(request) { return { request_id: request.request_id, status: 'success', findings: [] }; }
}`;

async function writePlugin(folder: string, manifest: string) {
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(folder, 'samples'));
  await writeFile(join(folder, 'samples/a.py'), 'pass');
  await writeFile(join(folder, 'plugin.json'), manifest);
  await writeFile(join(folder, 'src/sample.ts'), source);
  return folder;
}

const manifestOf = (name: string) =>
  JSON.stringify({ name, version: '1.0.0', plugin_type: 'analyzer', entry_point: 'src.sample:Sample' });

async function openStudio() {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'mcp-fuzz-window-')));
  await mkdir(join(base, 'resources/examples'), { recursive: true });
  const failures: string[] = [];
  const studio = await createStudio({
    dataFolder: join(base, 'data'),
    resourcesFolder: join(base, 'resources'),
    runnerFile: join(built, 'runner-javascript.js'),
    sdkFile: join(built, 'mcp-plugin-sdk.mjs'),
    databaseWorkerFile: join(built, 'database-worker.js'),
    door: 'browser',
    runtime: 'test',
    version: '0.0.0',
    environment: {},
    log: (line) => failures.push(line),
  });
  onTestFinished(async () => {
    await studio.close();
    await rm(base, { recursive: true, force: true });
  });
  const whole = await writePlugin(join(base, 'whole'), manifestOf('whole'));
  const broken = await writePlugin(join(base, 'broken'), '{"name":');
  await studio.services.workspace.calls.openPlugin({ folder: whole });
  await studio.services.workspace.calls.openPlugin({ folder: broken });
  return { base, studio, failures, whole, broken };
}

/** A frame for every call of every service, and for every event, as a good window says them. */
function goodFrames(whole: string, broken: string): object[] {
  const fields = {
    path: 'notes/a.txt',
    to: 'notes/b.txt',
    text: 'x',
    name: 'a.txt',
    sampleId: 'samples/a.py',
    method: 'analyze',
  };
  const frames: object[] = [];
  for (const { name, calls, events } of definitions) {
    for (const [callName, { params }] of Object.entries(calls)) {
      const full = `${name}.${callName}`;
      const made = Create(params) as Record<string, unknown>;
      const known = Object.fromEntries(Object.entries(fields).filter(([key]) => key in made));
      for (const folder of HEAVY.test(full) ? [broken] : [broken, whole]) {
        const given = { ...made, ...known, ...('folder' in made ? { folder } : {}) };
        frames.push({ kind: 'call', id: frames.length + 1, name: full, params: given });
      }
    }
    for (const event of Object.keys(events)) {
      frames.push({ kind: 'subscribe', name: `${name}.${event}` }, { kind: 'unsubscribe', name: `${name}.${event}` });
    }
  }
  return frames;
}

const check = createCompiledCheck();
const EVENTS = new Set(
  definitions.flatMap(({ name, events }) => Object.keys(events).map((event) => `${name}.${event}`)),
);

/** What is owed to the window for a frame: an answer, nothing, or that it is told why it was refused. */
function owedFor(text: string): 'answer' | 'nothing' | 'rpc/bad-frame' | 'rpc/unknown-event' {
  try {
    const frame = JSON.parse(text) as RequestFrame;
    if (check(RequestFrameSchema, frame) !== undefined) return 'rpc/bad-frame';
    if (frame.kind === 'call') return 'answer';
    return frame.kind === 'unsubscribe' || EVENTS.has(frame.name) ? 'nothing' : 'rpc/unknown-event';
  } catch {
    return 'rpc/bad-frame';
  }
}

test(`20,000 broken frames of a window are refused with a code or do nothing (seed ${SEED})`, async () => {
  const { base, studio, failures, whole, broken } = await openStudio();
  const codes = new Map<string, number>();
  const internal = new Set<string>();
  let answered = 0;
  let owed = Number.POSITIVE_INFINITY;
  let allAnswered = () => {};
  const settled = new Promise<void>((done) => {
    allAnswered = done;
  });
  const port = createWirePort({
    send(text) {
      const frame = JSON.parse(text) as ResponseFrame;
      if (frame.kind === 'event') return;
      const code = frame.kind === 'error' ? frame.error.code : 'result';
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (/^(studio|rpc\/bad-result)/.test(code))
        internal.add(`${code}: ${(frame as { error: { message: string } }).error.message}`);
      answered++;
      if (answered === owed) allAnswered();
    },
    close: () => undefined,
  });
  studio.connect(port);
  const refused: Record<string, number> = { 'rpc/bad-frame': 0, 'rpc/unknown-event': 0 };
  studio.services.studio.events.didFail.on(({ code }) => {
    refused[code] = (refused[code] ?? 0) + 1;
  });

  const texts = sampleOf(goodFrames(whole, broken)).map((bytes) => bytes.toString());
  expect(texts).toHaveLength(HOW_MANY);
  let calls = 0;
  const owedRefusals: Record<string, number> = { 'rpc/bad-frame': 0, 'rpc/unknown-event': 0 };
  for (const [index, text] of texts.entries()) {
    const due = owedFor(text);
    if (due === 'answer') calls++;
    else if (due !== 'nothing') owedRefusals[due] = (owedRefusals[due] ?? 0) + 1;
    port.receive(text);
    // As over a wire, where a window waits now and then.
    if (index % 50 === 0) await new Promise((done) => setImmediate(done));
  }
  owed = calls;
  if (answered < owed) await settled;

  expect([...internal]).toEqual([]);
  expect(refused).toEqual(owedRefusals);
  expect(refused['rpc/bad-frame']).toBeGreaterThan(HOW_MANY / 10);
  for (const code of codes.keys()) expect(code).toMatch(/^(result|[a-z]+\/[a-z-]+)$/);
  expect(failures.filter((line) => !/does not understand|has no event/.test(line))).toEqual([]);
  expect(calls).toBeGreaterThan(HOW_MANY / 4);
  expect(codes.size).toBeGreaterThan(10);
  expect(Object.prototype).not.toHaveProperty('polluted');

  const folder = await writePlugin(join(base, 'afterwards'), manifestOf('afterwards'));
  const { workspace, runs } = studio.services;
  await workspace.calls.openPlugin({ folder });
  const finished = new Promise<string>((done) => {
    runs.events.didChange.on((run) => {
      if (run.folder === folder && run.outcome !== 'running') done(run.outcome);
    });
  });
  await runs.calls.start({ folder, sampleId: 'samples/a.py' });
  expect(await finished).toBe('success');
}, 120_000);
