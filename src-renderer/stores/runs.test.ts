import {
  buildService,
  type Diagnostic,
  type Finding,
  problemsService,
  type Run,
  type RunSummary,
  runsService,
} from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createRunsStore, endedRun, runningRun, shownRun } from './runs';
import { createScriptedHost } from './scripted-host.fixture';

const FOLDER = '/plugin';
const SAMPLE = 'samples';

const finding = (index: number): Finding => ({
  fingerprint: `f${index}`,
  change: 'first',
  result: { vulnerability_id: `v${index}`, title: `Finding ${index}`, vulnerability_type: 'other', severity: 'high' },
});

const summary = (runId: string, outcome: RunSummary['outcome'], findingCount: number, startedAt = 1): RunSummary => ({
  runId,
  folder: FOLDER,
  pluginId: 'plugin',
  pluginType: 'analyzer',
  sampleId: SAMPLE,
  sampleName: SAMPLE,
  outcome,
  startedAt,
  durationMs: 1,
  findingCount,
  eventCount: 0,
  progress: { done: findingCount, total: 100, current: 'a.ts', unit: 'file' },
});

const whole = (told: RunSummary): Run => ({
  ...told,
  request: {},
  responseProblems: [],
  exchanges: [],
  findings: Array.from({ length: told.findingCount }, (_, index) => finding(index)),
  gone: [],
  warnings: [],
  warningCount: 0,
  logs: [],
  isolation: 'ses',
  configGeneration: 1,
});

async function start() {
  const host = createScriptedHost(runsService, buildService, problemsService);
  const store = createRunsStore(host.client, (error) => host.errors.push(error));
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const stop = store.subscribe(() => judge());
      const judge = () => {
        if (!holds()) return;
        stop();
        resolve();
      };
      judge();
    });
  /** Whatever was sent before has arrived by then. */
  const roundTrip = async () => {
    const asked = host.client.runs.list({ folder: FOLDER });
    (await host.question(runsService, 'list')).answer([]);
    await asked;
  };
  await roundTrip();
  return {
    ...host,
    store,
    until,
    roundTrip,
    tellOf: host.tell,
    tell: (told: RunSummary) => host.tell(runsService, 'didChange', told),
    read: () => host.question(runsService, 'read'),
    shown: () => shownRun(store.getState(), FOLDER, SAMPLE),
    ended: () => endedRun(store.getState(), FOLDER, SAMPLE),
  };
}

test('a run over a folder shows what it has found so far, and at its end all of it', async () => {
  const { tell, read, shown, until, errors } = await start();
  tell(summary('r', 'running', 0));
  tell(summary('r', 'running', 2));
  (await read()).answer(whole(summary('r', 'running', 2)));
  await until(() => shown()?.findings.length === 2);
  tell(summary('r', 'running', 5));
  (await read()).answer(whole(summary('r', 'running', 5)));
  await until(() => shown()?.findings.length === 5);
  tell(summary('r', 'success', 7));
  (await read()).answer(whole(summary('r', 'success', 7)));
  await until(() => shown()?.outcome === 'success');
  expect([shown()?.findings.length, errors]).toEqual([7, []]);
});

test('however often a run tells, one reading waits for the other', async () => {
  const { tell, read, shown, until, roundTrip } = await start();
  for (let count = 1; count <= 50; count += 1) tell(summary('r', 'running', count));
  const first = await read();
  let asked = 0;
  const second = read().then((question) => {
    asked += 1;
    return question;
  });
  await roundTrip();
  expect(asked).toBe(0);
  first.answer(whole(summary('r', 'running', 1)));
  await until(() => shown()?.findings.length === 1);
  (await second).answer(whole(summary('r', 'running', 50)));
  await until(() => shown()?.findings.length === 50);
  expect(asked).toBe(1);
});

test('an answer from while the run went on does not undo its end', async () => {
  const { tell, read, shown, until } = await start();
  tell(summary('r', 'running', 2));
  const early = await read();
  tell(summary('r', 'success', 3));
  (await read()).answer(whole(summary('r', 'success', 3)));
  await until(() => shown()?.outcome === 'success');
  early.answer(whole(summary('r', 'running', 2)));
  tell(summary('other', 'running', 0, 2));
  await until(() => shown()?.runId === 'r');
  expect(shown()?.outcome).toBe('success');
});

test('the run before stays until the next one has found something, and its response until that has ended', async () => {
  const { tell, read, shown, ended, until } = await start();
  tell(summary('one', 'success', 1));
  (await read()).answer(whole(summary('one', 'success', 1)));
  await until(() => shown()?.runId === 'one');
  tell(summary('two', 'running', 0, 2));
  expect(shown()?.runId).toBe('one');
  tell(summary('two', 'running', 4, 2));
  (await read()).answer(whole(summary('two', 'running', 4, 2)));
  await until(() => shown()?.runId === 'two');
  expect(ended()?.runId).toBe('one');
  tell(summary('two', 'success', 4, 2));
  (await read()).answer(whole(summary('two', 'success', 4, 2)));
  await until(() => ended()?.runId === 'two');
});

test('a host that was started again takes the runs of the one before along', async () => {
  const { tell, read, shown, until, store, question, connect } = await start();
  tell(summary('before', 'success', 1));
  (await read()).answer(whole(summary('before', 'success', 1)));
  await until(() => shown()?.runId === 'before');
  const answer = async () => {
    (await question(runsService, 'listSamples')).answer([]);
    (await question(runsService, 'list')).answer([]);
  };
  const loading = store.loadSamples(FOLDER);
  (await question(runsService, 'listSamples')).answer([]);
  (await question(runsService, 'list')).answer([summary('before', 'success', 1)]);
  (await read()).answer(whole(summary('before', 'success', 1)));
  await loading;
  connect();
  await answer();
  await until(() => shown() === undefined);
  expect(store.getState().runs).toEqual({});
  tell(summary('after', 'success', 2, 9));
  (await read()).answer(whole(summary('after', 'success', 2, 9)));
  await until(() => shown()?.runId === 'after');
});

test('why a run could not begin is said until it is mended', async () => {
  const { store, question, tellOf, connect, until } = await start();
  const refusals = () => Object.values(store.getState().refusals).map(({ code }) => code);
  const refuse = async (code: string) => {
    const starting = store.start(FOLDER, SAMPLE).catch(({ code }: StudioError) => code);
    (await question(runsService, 'start')).refuse(new StudioError(code, 'It cannot run.'));
    expect([await starting, refusals()]).toEqual([code, [code]]);
  };
  const built = { folder: FOLDER, ok: true, durationMs: 1, bytes: 1, diagnostics: [] };

  await refuse('plugins/build-failed');
  tellOf(buildService, 'didBuild', { ...built, folder: '/other' });
  tellOf(buildService, 'didBuild', { ...built, ok: false });
  tellOf(problemsService, 'didChange', { folder: FOLDER, diagnostics: [] });
  tellOf(buildService, 'didBuild', built);
  await until(() => refusals().length === 0);

  await refuse('plugins/invalid-manifest');
  const wrong: Diagnostic = {
    file: 'plugin.json',
    source: 'manifest',
    severity: 'error',
    code: 'manifest/name',
    message: 'It has no name.',
    range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  };
  tellOf(problemsService, 'didChange', { folder: FOLDER, diagnostics: [wrong] });
  tellOf(buildService, 'didBuild', built);
  tellOf(problemsService, 'didChange', { folder: FOLDER, diagnostics: [{ ...wrong, severity: 'warning' }] });
  await until(() => refusals().length === 0);

  await refuse('rpc/closed');
  connect();
  await until(() => refusals().length === 0);
});

test('a run that ends while the samples are read again has ended', async () => {
  const { store, question, tell, read, until, roundTrip } = await start();
  const loaded = store.loadSamples(FOLDER);
  const samples = await question(runsService, 'listSamples');
  (await question(runsService, 'list')).answer([summary('r', 'running', 0)]);
  await roundTrip();
  tell(summary('r', 'success', 1));
  (await read()).answer(whole(summary('r', 'success', 1)));
  await until(() => runningRun(store.getState(), FOLDER) === undefined && store.getState().runs.r !== undefined);
  samples.answer([]);
  (await read()).answer(whole(summary('r', 'success', 1)));
  await loaded;
  expect(runningRun(store.getState(), FOLDER)).toBeUndefined();
});

test('of a plugin that was closed nothing is kept', async () => {
  const { store, question, tell, read, until } = await start();
  const loaded = store.loadSamples(FOLDER);
  (await question(runsService, 'listSamples')).answer([]);
  (await question(runsService, 'list')).answer([]);
  await loaded;
  tell(summary('r', 'success', 1));
  (await read()).answer(whole(summary('r', 'success', 1)));
  await until(() => store.getState().runs.r !== undefined);
  store.leave(FOLDER);
  const { samples, summaries, runs } = store.getState();
  expect([samples, summaries, runs]).toEqual([{}, {}, {}]);
});
