import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Diagnostic, PermissionQuestion, Run } from '@shared/contracts';
import type { Listenable } from '@shared/rpc';
import { expect, onTestFinished, test } from 'vitest';
import type { Allowance } from '../capabilities';
import { createStudio } from './create-studio';

const built = resolve(import.meta.dirname, '../../out/test');

/** A whole studio with one analyzer whose analyze() has that body, and a sample from elsewhere. */
async function openStudio(
  body: string,
  capabilities: object,
  options: { allowance?: Allowance; alone?: boolean; manifest?: object } = {},
) {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'mcp-permissions-')));
  const folder = join(base, 'plugin');
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(base, 'elsewhere'));
  await writeFile(join(base, 'elsewhere/sample.txt'), 'sample');
  const manifest = {
    name: 'sample',
    version: '1.0.0',
    plugin_type: 'analyzer',
    entry_point: 'src.sample:Sample',
    capabilities,
    ...options.manifest,
  };
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(manifest, undefined, 2));
  await writeFile(
    join(folder, 'src/sample.ts'),
    `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
    export class Sample extends AnalyzerPlugin {
      getSupportedTypes() { return ['source_code']; }
      async analyze(request) {
        ${body}
        return { request_id: request.request_id, status: 'success' };
      }
    }`,
  );
  const failures: string[] = [];
  const studio = await createStudio({
    dataFolder: join(base, 'data'),
    resourcesFolder: join(base, 'resources'),
    runnerFile: join(built, 'runner-javascript.js'),
    sdkFile: join(built, 'mcp-plugin-sdk.mjs'),
    databaseWorkerFile: join(built, 'database-worker.js'),
    door: options.alone ? 'command-line' : 'browser',
    runtime: 'test',
    version: '0.0.0',
    environment: {},
    log: (line) => failures.push(line),
    ...(options.allowance === undefined ? {} : { allowance: options.allowance }),
  });
  onTestFinished(async () => {
    await studio.close();
    await rm(base, { recursive: true, force: true });
    expect(failures).toEqual([]);
  });
  const { runs, permissions, problems, workspace, config } = studio.services;
  await workspace.calls.openPlugin({ folder });
  const { id: sampleId } = await runs.calls.chooseSample({ folder, path: join(base, 'elsewhere/sample.txt') });
  const ended = async (): Promise<Run> => {
    const over = next(runs.events.didChange, ({ outcome }) => outcome !== 'running');
    const { runId } = await runs.calls.start({ folder, sampleId });
    await over;
    return runs.calls.read({ runId });
  };
  return { base, folder, permissions, problems, config, run: ended };
}

/** The first event that is as asked. */
const next = <Value>(events: Listenable<Value>, isIt: (value: Value) => boolean = () => true): Promise<Value> =>
  new Promise((done) => {
    const stop = events.on((value) => {
      if (!isIt(value)) return;
      stop();
      done(value);
    });
  });

const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

test('a question shows dots in the place of a secret', async () => {
  const config_schema = { type: 'object', properties: { hook: { type: 'string', format: 'secret' } } };
  const { folder, config, permissions, run } = await openStudio(
    'await fetch(this.config.hook).catch(() => undefined);',
    { network_access: true },
    { manifest: { config_schema } },
  );
  const value = 'http://127.0.0.1:9/services/s3cr3tT0k3n';
  await config.calls.setSecret({ folder, pointer: '/hook', value });
  const asked: PermissionQuestion[] = [];
  permissions.events.didAsk.on((question) => {
    asked.push(question);
    void permissions.calls.answer({ questionId: question.questionId, decision: 'deny' });
  });
  await run();
  expect(asked.map(({ what, host }) => [what, host])).toEqual([['GET ••••••', '127.0.0.1']]);
});

test('a plugin is asked about once, in the window, and its answer is kept', async () => {
  const { folder, permissions, run, base } = await openStudio("await this.files.list('src');", {
    file_system_access: true,
  });
  const asked: PermissionQuestion[] = [];
  permissions.events.didAsk.on((question) => {
    asked.push(question);
    expect(permissions.calls.listQuestions({})).toEqual([question]);
    void permissions.calls.answer({ questionId: question.questionId, decision: 'always' });
  });
  const settled = next(permissions.events.didSettle);
  expect((await run()).outcome).toBe('success');
  expect((await run()).outcome).toBe('success');
  expect(asked).toEqual([
    expect.objectContaining({
      folder,
      pluginId: 'sample:1.0.0',
      what: 'list src',
      site: expect.objectContaining({ line: 5 }),
    }),
  ]);
  expect(await settled).toEqual({ questionId: asked[0]?.questionId });
  const { plugins } = JSON.parse(await readFile(join(base, 'data/grants.json'), 'utf8'));
  expect(plugins[folder].permissions).toEqual({ file_system_access: 'granted' });
  await expect(
    permissions.calls.answer({ questionId: asked[0]?.questionId ?? '', decision: 'once' }),
  ).rejects.toMatchObject({ code: 'permissions/no-question' });
});

test('a grant in the view answers the question that waits for it', async () => {
  const { folder, permissions, run } = await openStudio("await this.files.list('src');", { file_system_access: true });
  const settled = next(permissions.events.didSettle);
  permissions.events.didAsk.on(() => {
    void permissions.calls.grant({ folder, permission: 'file_system_access', grant: 'granted' });
  });
  expect((await run()).outcome).toBe('success');
  expect(permissions.calls.listQuestions({})).toEqual([]);
  await settled;
});

test('a host that is granted answers questions of that host alone', async () => {
  const { folder, permissions, run } = await openStudio(
    "await Promise.allSettled([fetch('http://127.0.0.1:9/'), fetch('http://127.0.0.2:9/')]);",
    { network_access: true },
  );
  const grant = (host: string, granted: 'granted' | 'denied') =>
    permissions.calls.grant({ folder, permission: 'network_access', host, grant: granted });
  const asked: (string | undefined)[] = [];
  permissions.events.didAsk.on(async ({ host }) => {
    asked.push(host);
    if (asked.length < 2) return;
    await grant('127.0.0.1:9', 'granted');
    await grant('10.0.0.0/8', 'granted');
    expect(await permissions.calls.listQuestions({})).toHaveLength(2);
    await grant('127.0.0.1', 'denied');
    expect((await permissions.calls.listQuestions({})).map((question) => question.host)).toEqual(['127.0.0.2']);
    await grant('127.0.0.0/8', 'denied');
  });
  expect((await run()).outcome).toBe('success');
  expect(asked.sort()).toEqual(['127.0.0.1', '127.0.0.2']);
  expect(await permissions.calls.listQuestions({})).toEqual([]);
});

test('a denial is a problem at the call, until plugin.json asks for it', async () => {
  const { folder, problems, run } = await openStudio("await this.files.list('src');", {});
  const shown = next(problems.events.didChange, ({ diagnostics }) =>
    codes(diagnostics).includes('capabilities/denied'),
  );
  expect((await run()).error?.message).toMatch(/list src at src\/sample\.ts:5 needs the capability file_system_access/);
  const found = (await shown).diagnostics.find(({ code }) => code === 'capabilities/denied');
  expect(found).toMatchObject({ source: 'runtime', file: 'src/sample.ts', range: { startLine: 5 } });
  const [edit] = found?.fixes?.[0]?.edits ?? [];
  if (edit === undefined) throw new Error('There is nothing to edit.');
  const text = await readFile(join(folder, 'plugin.json'), 'utf8');
  const gone = next(
    problems.events.didChange,
    ({ diagnostics }) => !codes(diagnostics).includes('capabilities/denied'),
  );
  await writeFile(
    join(folder, 'plugin.json'),
    text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length),
  );
  await gone;
});

test('a permission that no run used is a warning in plugin.json', async () => {
  const { problems, run } = await openStudio('', {
    network_access: true,
    required_permissions: ['network_access'],
  });
  const shown = next(problems.events.didChange, ({ diagnostics }) =>
    codes(diagnostics).includes('manifest/unused-permission'),
  );
  await run();
  expect((await shown).diagnostics).toEqual([
    expect.objectContaining({ source: 'manifest', severity: 'warning', pointer: '/capabilities/network_access' }),
  ]);
});

test('a sample from elsewhere may be read by the run that was given it', async () => {
  const { base, permissions, run, folder } = await openStudio(
    `const path = this.context.working_directory + '/../elsewhere/sample.txt';
     if (await this.files.readText(path) !== 'sample') throw new Error('not read');`,
    { file_system_access: true },
  );
  await permissions.calls.grant({ folder, permission: 'file_system_access', grant: 'granted' });
  expect((await run()).outcome).toBe('success');
  const { uses } = await permissions.calls.read({ folder });
  expect(uses).toEqual([
    expect.objectContaining({ what: `read ${base}/elsewhere/sample.txt`, allowed: true, count: 1 }),
  ]);
});

test('on the command line nobody is asked: what was not allowed is denied, with what to type', async () => {
  const body =
    "await this.files.list('src'); await fetch('http://127.0.0.1:1/').catch((error) => { if (error.name !== 'PluginError') throw error; });";
  const capabilities = { file_system_access: true, network_access: true };
  const denied = await openStudio(body, capabilities, { alone: true });
  expect((await denied.run()).error?.message).toContain('add --allow file_system_access;');
  const allowance = { permissions: ['file_system_access' as const], hosts: ['127.0.0.1'] };
  const allowed = await openStudio(body, capabilities, { alone: true, allowance });
  expect((await allowed.run()).error).toBeUndefined();
});

test('what cannot be granted is refused by name', async () => {
  const { folder, permissions } = await openStudio('', {});
  const refused = async (grant: Parameters<typeof permissions.calls.grant>[0]) => {
    try {
      await permissions.calls.grant(grant);
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return 'granted';
  };
  const grant = 'granted' as const;
  expect(await refused({ folder, permission: 'process_execution', grant })).toBe('permissions/never');
  expect(await refused({ folder, permission: 'network_access', host: 'http://a/', grant })).toBe(
    'permissions/invalid-host',
  );
  expect(await refused({ folder, permission: 'file_system_access', host: 'a', grant })).toBe(
    'permissions/invalid-host',
  );
  expect(await refused({ folder: '/not-open', permission: 'network_access', grant })).toBe('workspace/not-open');
  expect(await refused({ folder, permission: 'network_access', host: 'A.example', grant })).toBe('granted');
  const state = await permissions.calls.setRecording({ folder, on: true });
  expect(state).toMatchObject({ recording: true, hosts: [{ host: 'a.example', grant: 'granted', always: true }] });
});
