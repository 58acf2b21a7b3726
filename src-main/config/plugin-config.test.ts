import { mkdir, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConfigState, ConfigStateSchema } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchFolder, writeAtomically } from '../files';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import type { ConfiguredManifest } from './evaluate';
import { createPluginConfig, type PluginConfig, type PluginConfigOptions } from './plugin-config';

const SCHEMA = {
  type: 'object',
  properties: {
    severity: { enum: ['low', 'medium', 'high'] },
    limit: { type: 'integer', minimum: 1 },
    scan: {
      type: 'object',
      properties: { max_depth: { type: 'integer' }, rules: { type: 'array', items: { type: 'string' } } },
    },
  },
  additionalProperties: false,
};
const DEFAULTS = { severity: 'medium', scan: { max_depth: 3, rules: ['a', 'b'] } };
const FILE = 'config/my-plugin.yaml';

const folder = temporaryFolder();
const at = (path: string) => join(folder.path, path);
const open: PluginConfig[] = [];
afterEach(() => Promise.all(open.splice(0).map((config) => config.close())));

const unexpected = (error: unknown) => {
  throw error;
};

async function store(path: string, text: string) {
  await mkdir(at('config'), { recursive: true });
  await writeFile(at(path), text);
}

function configOf(
  manifest: Partial<ConfiguredManifest> | (() => Promise<ConfiguredManifest>) = {},
  environment: Record<string, string> = {},
  more: Partial<PluginConfigOptions> = {},
) {
  const whole = { name: 'my-plugin', config_schema: SCHEMA, default_config: DEFAULTS };
  const config = createPluginConfig({
    folder: folder.path,
    manifest: typeof manifest === 'function' ? manifest : async () => ({ ...whole, ...manifest }),
    environment,
    onError: unexpected,
    ...more,
  });
  open.push(config);
  return config;
}

/** The next state that fits; asked for before it is caused. */
const stateWhere = (config: PluginConfig, fits: (state: ConfigState) => boolean) =>
  new Promise<ConfigState>((resolve) => {
    const stop = config.onDidChange.on((state) => {
      if (!fits(state)) return;
      stop();
      resolve(state);
    });
  });

const messages = ({ problems }: Pick<ConfigState, 'problems'>) => problems.map(({ message }) => message);

describe('the layers', () => {
  test('without a file the defaults are in force, and the state fits the contract', async () => {
    const state = await configOf().state();
    expect(state).toMatchObject({ generation: 1, effective: DEFAULTS, stored: {}, problems: [] });
    expect(state.file).toEqual({ path: FILE, exists: false, text: '', version: null });
    expect(Value.Check(ConfigStateSchema, state)).toBe(true);
  });

  test('the file goes over the defaults, the environment over the file, the override over all', async () => {
    await store(FILE, 'severity: low\nlimit: 5\nscan: {rules: [c]}\n');
    const config = configOf({}, { MCP_MY_PLUGIN_LIMIT: '7', MCP_MY_PLUGIN_SCAN__MAX_DEPTH: '9' });
    const state = await config.state();
    expect(state.effective).toEqual({ severity: 'low', limit: 7, scan: { max_depth: 9, rules: ['c'] } });
    expect(state.stored).toEqual({ severity: 'low', limit: 5, scan: { rules: ['c'] } });
    expect(state.environment).toEqual([
      { variable: 'MCP_MY_PLUGIN_LIMIT', pointer: '/limit', value: 7 },
      { variable: 'MCP_MY_PLUGIN_SCAN__MAX_DEPTH', pointer: '/scan/max_depth', value: 9 },
    ]);
    const { config: run, generation } = await config.withOverride({ severity: 'high', scan: { max_depth: 1 } });
    expect(run).toEqual({ severity: 'high', limit: 7, scan: { max_depth: 1, rules: ['c'] } });
    expect(generation).toBe(1);
    expect((await config.state()).effective).toEqual(state.effective);
  });

  test('.yml and .json are read where there is no .yaml, and written back as they are', async () => {
    await store('config/my-plugin.json', '{\n\t"limit": 5\n}');
    const config = configOf();
    expect((await config.state()).effective.limit).toBe(5);
    const refused = await config.save('limit: 6');
    expect(refused).toMatchObject({ accepted: false, problems: [{ code: 'config/not-json', layer: 'stored' }] });
    expect(await config.save('{"limit": 6}')).toMatchObject({
      accepted: true,
      state: { file: { path: 'config/my-plugin.json' } },
    });
    expect(await readdir(at('config'))).toEqual(['my-plugin.json']);
  });

  test('what the plugin was packed with is read, and saving makes a file of its own', async () => {
    await store('config/default.yaml', 'limit: 2\n');
    const config = configOf();
    const { file, effective } = await config.state();
    expect(file).toMatchObject({ path: 'config/default.yaml', exists: true });
    expect(effective.limit).toBe(2);
    const { state } = await config.save('limit: 3\n', file.version);
    expect(state.file.path).toBe(FILE);
    expect(await readFile(at('config/default.yaml'), 'utf8')).toBe('limit: 2\n');
    expect(await readFile(at(FILE), 'utf8')).toBe('limit: 3\n');
  });

  test('an override that breaks the schema is refused with its place', async () => {
    await expect(configOf().withOverride({ scan: { max_depth: 'deep' } })).rejects.toMatchObject({
      code: 'config/invalid',
      message: 'The configuration is refused. "scan.max_depth" must be a whole number, not "deep".',
      data: {
        problems: [
          { layer: 'run', pointer: '/scan/max_depth', schemaPath: '#/properties/scan/properties/max_depth/type' },
        ],
      },
    });
  });

  test.each([['{"__proto__": {"limit": 1}}'], ['{"scan": {"constructor": {}}}']])(
    'an override with the key of a prototype is refused: %s',
    async (text) => {
      const override = JSON.parse(text) as Record<string, unknown>;
      await expect(configOf().withOverride(override)).rejects.toMatchObject({
        data: { problems: [{ layer: 'run', code: 'config/forbidden-key' }] },
      });
      expect(({} as Record<string, unknown>).limit).toBeUndefined();
    },
  );

  test('what is handed out can be changed without changing what is in force', async () => {
    const config = configOf();
    const { config: first } = await config.withOverride(undefined);
    (first.scan as { rules: string[] }).rules.push('mine');
    (await config.state()).effective.severity = 'high';
    expect((await config.withOverride(undefined)).config).toEqual(DEFAULTS);
  });

  test('without a schema everything is allowed', async () => {
    await store(FILE, 'anything: [1, {deep: true}]\n');
    expect((await configOf({ config_schema: null, default_config: undefined }).state()).effective).toEqual({
      anything: [1, { deep: true }],
    });
  });
});

describe('what is wrong at the start', () => {
  test('a stored file that breaks the schema puts nothing in force', async () => {
    await store(FILE, 'limit: 5\nseverity: mid # no such\n');
    const config = configOf();
    const state = await config.state();
    expect(state).toMatchObject({ generation: 0, effective: {} });
    expect(state.problems).toEqual([
      {
        layer: 'stored',
        code: 'config/invalid',
        pointer: '/severity',
        schemaPath: '#/properties/severity/enum',
        message: '"severity" must be "low", "medium" or "high", not "mid".',
        line: 2,
        column: 11,
      },
    ]);
    await expect(config.withOverride(undefined)).rejects.toMatchObject({
      message: `The configuration is refused. ${FILE}:2:11 "severity" must be "low", "medium" or "high", not "mid".`,
    });
    expect(config.diagnostics()).toEqual([
      {
        source: 'config',
        file: FILE,
        range: { startLine: 2, startColumn: 11, endLine: 2, endColumn: 24 },
        severity: 'error',
        code: 'config/invalid',
        message: '"severity" must be "low", "medium" or "high", not "mid".',
        pointer: '/severity',
      },
    ]);
    await expect(config.withOverride(undefined)).rejects.toMatchObject({ code: 'config/invalid' });
  });

  test('a variable that breaks the schema is named', async () => {
    const state = await configOf({}, { MCP_MY_PLUGIN_SEVERITY: 'mid' }).state();
    expect(state.problems).toMatchObject([{ layer: 'environment', pointer: '/severity' }]);
    expect(messages(state)).toEqual([
      '"severity" must be "low", "medium" or "high", not "mid". It comes from MCP_MY_PLUGIN_SEVERITY.',
    ]);
  });

  test('defaults that break the schema, and a schema that is none', async () => {
    expect((await configOf({ default_config: { severity: 'mid' } }).state()).problems).toMatchObject([
      { layer: 'defaults', pointer: '/severity' },
    ]);
    const broken = await configOf({ config_schema: { properties: { limit: { minimum: 'x' } } } }).state();
    expect(broken.problems).toMatchObject([
      { layer: 'defaults', code: 'config/schema', schemaPath: '#/properties/limit/minimum' },
    ]);
  });

  test('an empty file at the start, or one with only comments, holds no values', async () => {
    await store(FILE, '');
    expect(await configOf().state()).toMatchObject({ generation: 1, effective: DEFAULTS, problems: [] });
    await writeFile(at(FILE), '# severity: low\n');
    expect(await configOf().state()).toMatchObject({ generation: 1, problems: [] });
  });

  test('a file that cannot be read, or leads out of the folder, is told', async () => {
    await mkdir(at(FILE), { recursive: true });
    expect((await configOf().state()).problems).toMatchObject([{ layer: 'stored', code: 'workspace/not-a-file' }]);
    await rm(at('config'), { recursive: true });
    await mkdir(at('config'));
    await symlink('/etc/hostname', at(FILE));
    expect((await configOf().state()).problems).toMatchObject([{ layer: 'stored', code: 'workspace/outside' }]);
  });

  test('a plugin without a manifest has no configuration, and gets one with its manifest', async () => {
    let name: string | undefined;
    const config = configOf(async () => {
      if (name === undefined) throw new StudioError('plugins/invalid-manifest', 'plugin.json has an error.');
      return { name };
    });
    expect(await config.state()).toMatchObject({
      generation: 0,
      problems: [
        {
          layer: 'defaults',
          code: 'config/no-manifest',
          message: 'The configuration cannot be read. plugin.json has an error.',
        },
      ],
    });
    await expect(config.save('{}')).rejects.toMatchObject({ code: 'config/no-manifest' });
    await expect(config.withOverride({})).rejects.toMatchObject({ code: 'config/invalid' });
    name = 'my-plugin';
    await config.refresh();
    expect(await config.state()).toMatchObject({ generation: 1, problems: [] });
  });

  test('a name that is a way out of the folder is not followed', async () => {
    const state = await configOf({ name: '../../evil' }).state();
    expect(state.problems).toMatchObject([{ code: 'config/no-manifest' }]);
    expect(state.file.path).toBe('');
  });
});

describe('saving', () => {
  test('writes what was given, puts it in force, and says so once', async () => {
    const config = configOf();
    await config.state();
    const accepted: unknown[] = [];
    config.onDidAccept.on((value) => accepted.push(value));
    const text = '# mine\nseverity:   high\n';
    const result = await config.save(text, null);
    expect(result).toMatchObject({
      accepted: true,
      problems: [],
      state: { generation: 2, file: { exists: true, text } },
    });
    expect(await readFile(at(FILE), 'utf8')).toBe(text);
    expect(await readdir(at('config'))).toEqual(['my-plugin.yaml']);
    const seen = stateWhere(config, ({ file }) => file.text === '# mine\nseverity: high # end\n');
    await writeFile(at(FILE), '# mine\nseverity: high # end\n');
    await seen;
    expect(accepted).toEqual([{ config: { ...DEFAULTS, severity: 'high' }, generation: 2 }]);
  });

  test.each([
    ['limit: 0', 'config/invalid', 1, '"limit" must be at least 1, not 0.'],
    [
      'severity: low\n\nscan:\n  rules:\n    - a\n    - 7\n',
      'config/invalid',
      6,
      '"scan.rules.1" must be a string, not 7.',
    ],
    ['colour: red', 'config/invalid', 1, '"colour" is not a known property.'],
    ['limit: 1\nlimit: 2', 'config/duplicate-key', 2, 'The key "limit" is there already. Remove one of the two.'],
    ['a: [1, 2', 'config/not-yaml', 1, /^This is not YAML: /],
    ['- limit', 'config/not-an-object', 1, /must hold an object/],
    ['__proto__: {limit: 1}', 'config/forbidden-key', 1, /"__proto__" is not allowed/],
    [`limit: ${'1'.repeat(1024 * 1024)}`, 'config/too-large', 1, /more than 1 MB/],
  ])('refuses %.30s and writes nothing', async (text, code, line, message) => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    const { accepted, problems, state } = await config.save(text);
    expect(accepted).toBe(false);
    expect(problems).toMatchObject([{ layer: 'stored', code, line }]);
    expect(problems[0]?.message).toMatch(message);
    expect(state).toMatchObject({ generation: 1, problems: [], effective: { limit: 5 } });
    expect(await readFile(at(FILE), 'utf8')).toBe('limit: 5\n');
  });

  test('refuses to overwrite what changed on the disk, and hands over what is there', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    const { file } = await config.state();
    await writeFile(at(FILE), 'limit: 6\n');
    const refusal = await config.save('limit: 7\n', file.version).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'workspace/changed-on-disk',
      data: { text: 'limit: 6\n', version: expect.any(String) },
    });
    expect(await readFile(at(FILE), 'utf8')).toBe('limit: 6\n');
    const { version } = (refusal as StudioError).data as { version: string };
    expect(await config.save('limit: 7\n', version)).toMatchObject({ accepted: true });
    await expect(config.save('limit: 8\n', null)).rejects.toMatchObject({ code: 'workspace/changed-on-disk' });
  });

  test('saves at once are done one after another: each is a generation, and the last one stays', async () => {
    const config = configOf();
    const generations: number[] = [];
    config.onDidAccept.on(({ generation }) => generations.push(generation));
    await Promise.all([1, 2, 3, 4, 5].map((limit) => config.save(`limit: ${limit}\n`)));
    expect(generations).toEqual([2, 3, 4, 5, 6]);
    expect(await readFile(at(FILE), 'utf8')).toBe('limit: 5\n');
    expect((await config.state()).effective.limit).toBe(5);
  });

  test('a save that only moves a comment is no new generation', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    expect((await config.save('# five\nlimit: 5\n')).state.generation).toBe(1);
  });

  test('a save that the disk refuses leaves everything as it was', async () => {
    await writeFile(at('config'), 'a file in the place of the folder');
    const config = configOf();
    await expect(config.save('limit: 5\n')).rejects.toMatchObject({ code: expect.stringMatching(/^workspace\//) });
    expect(await config.state()).toMatchObject({ generation: 1, effective: DEFAULTS });
  });

  test('a config folder that leads out of the plugin is not written to', async () => {
    await mkdir(at('plugin'));
    await mkdir(at('elsewhere'));
    await symlink(at('elsewhere'), at('plugin/config'));
    const config = createPluginConfig({
      folder: at('plugin'),
      manifest: async () => ({ name: 'my-plugin' }),
      environment: {},
      onError: unexpected,
    });
    open.push(config);
    await expect(config.save('limit: 5\n')).rejects.toMatchObject({ code: 'workspace/outside' });
    expect(await readdir(at('elsewhere'))).toEqual([]);
  });

  test('what stays in force keeps its layers while what is stored now is refused', async () => {
    await store(FILE, 'severity: high\n');
    const config = configOf();
    expect(await config.state()).not.toHaveProperty('storedInForce');
    const refused = stateWhere(config, ({ problems }) => problems.length > 0);
    await writeFile(at(FILE), '');
    expect(await refused).toMatchObject({
      stored: {},
      storedInForce: { severity: 'high' },
      effective: { ...DEFAULTS, severity: 'high' },
    });
  });

  test('of two files it is said which one counts, until one of them is gone', async () => {
    await store(FILE, 'limit: 5\n');
    await store('config/my-plugin.json', '{"limit": 6}');
    const config = configOf();
    const state = await config.state();
    expect(state).toMatchObject({ effective: { limit: 5 }, problems: [] });
    expect(config.diagnostics()).toMatchObject([
      {
        file: FILE,
        severity: 'warning',
        code: 'config/several-files',
        message: `${FILE} counts, and config/my-plugin.json beside it is ignored. Keep one of them.`,
      },
    ]);
    const calm = stateWhere(config, ({ warnings }) => warnings.length === 0);
    await unlink(at('config/my-plugin.json'));
    await calm;
    expect(config.diagnostics()).toEqual([]);
  });

  test('emptying the file is refused, {} is not', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    expect(await config.save(' \n')).toMatchObject({ accepted: false, problems: [{ code: 'config/empty' }] });
    expect(await config.save('{}\n')).toMatchObject({ accepted: true, state: { effective: DEFAULTS } });
  });
});

describe('watching', () => {
  test('a change on the disk is in force without being asked for', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    await config.state();
    const accepted = new Promise((resolve) => config.onDidAccept.on(resolve));
    await writeFile(at(FILE), 'limit: 6\n');
    expect(await accepted).toEqual({ config: { ...DEFAULTS, limit: 6 }, generation: 2 });
  });

  test('a file, and its folder, that are made later are seen; deleted again, the defaults are back', async () => {
    const config = configOf();
    await config.state();
    const made = stateWhere(config, ({ effective }) => effective.limit === 5);
    await store(FILE, 'limit: 5\n');
    expect(await made).toMatchObject({ generation: 2, file: { exists: true } });
    const gone = stateWhere(config, ({ file }) => !file.exists);
    await unlink(at(FILE));
    expect(await gone).toMatchObject({ generation: 3, effective: DEFAULTS, problems: [] });
  });

  test('of a change that breaks the schema the problem is told, and the last good one stays in force', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    await config.state();
    const refused = stateWhere(config, ({ problems }) => problems.length > 0);
    await writeFile(at(FILE), '# changed\nlimit: none\n');
    expect(await refused).toMatchObject({
      generation: 1,
      effective: { limit: 5 },
      file: { text: '# changed\nlimit: none\n' },
      problems: [{ layer: 'stored', pointer: '/limit', schemaPath: '#/properties/limit/type', line: 2 }],
    });
    expect((await config.withOverride(undefined)).config).toEqual({ ...DEFAULTS, limit: 5 });
    const mended = stateWhere(config, ({ problems }) => problems.length === 0);
    await writeFile(at(FILE), 'limit: 8\n');
    expect(await mended).toMatchObject({ generation: 2, effective: { limit: 8 } });
    expect(config.diagnostics()).toEqual([]);
  });

  test('a file that is truncated while it is watched changes nothing, and says why', async () => {
    await store(FILE, 'limit: 5\nseverity: high\n');
    const config = configOf();
    const { effective } = await config.state();
    const refused = stateWhere(config, ({ problems }) => problems.length > 0);
    await writeFile(at(FILE), '');
    const state = await refused;
    expect(state).toMatchObject({ generation: 1, effective, problems: [{ code: 'config/empty' }] });
    expect(messages(state)[0]).toMatch(/is empty now\. Write \{\} for no values of its own, or delete the file/);
    const back = stateWhere(config, ({ problems }) => problems.length === 0);
    await writeFile(at(FILE), 'limit: 5\nseverity: high\n');
    expect((await back).generation).toBe(1);
  });

  test('a file that is half written changes nothing until it is whole', async () => {
    await store(FILE, 'limit: 5\n');
    const config = configOf();
    await config.state();
    const refused = stateWhere(config, ({ problems }) => problems.length > 0);
    await writeFile(at(FILE), 'limit: 6\nscan: {rules: [a, "b');
    expect(await refused).toMatchObject({
      generation: 1,
      effective: { limit: 5 },
      problems: [{ code: 'config/not-yaml' }],
    });
    const whole = stateWhere(config, ({ problems }) => problems.length === 0);
    await writeFile(at(FILE), 'limit: 6\nscan: {rules: [a, "b"]}\n');
    expect(await whole).toMatchObject({ generation: 2, effective: { limit: 6 } });
  });

  test('two studios on one folder: a save of one reaches the other once', async () => {
    const [one, two] = [configOf(), configOf()];
    await Promise.all([one.state(), two.state()]);
    const heard: number[] = [];
    two.onDidAccept.on(({ generation }) => heard.push(generation));
    const arrived = stateWhere(two, ({ effective }) => effective.limit === 4);
    await one.save('limit: 4\n');
    await arrived;
    const again = stateWhere(two, ({ effective }) => effective.limit === 9);
    await writeAtomically(at(FILE), 'limit: 9\n');
    await again;
    expect(heard).toEqual([2, 3]);
  });

  test('a manifest that changed is taken in by refresh: another schema, other defaults', async () => {
    await store(FILE, 'limit: 5\n');
    let manifest: ConfiguredManifest = { name: 'my-plugin', config_schema: SCHEMA, default_config: DEFAULTS };
    const config = configOf(async () => manifest);
    await config.state();
    manifest = { ...manifest, config_schema: { properties: { limit: { maximum: 3 } } } };
    await config.refresh();
    expect(await config.state()).toMatchObject({
      generation: 1,
      effective: { limit: 5 },
      problems: [{ pointer: '/limit' }],
    });
    manifest = { ...manifest, config_schema: SCHEMA, default_config: { severity: 'low' } };
    await config.refresh();
    expect(await config.state()).toMatchObject({
      generation: 2,
      effective: { limit: 5, severity: 'low' },
      problems: [],
    });
  });

  test('a refresh that finds the same says nothing', async () => {
    const config = configOf();
    await config.state();
    const heard: ConfigState[] = [];
    config.onDidChange.on((state) => heard.push(state));
    await config.refresh();
    await config.refresh();
    expect(heard).toEqual([]);
  });
});

describe('watching that fails', () => {
  /** Real watching that the test can break, and keep from beginning again. */
  const breakable = () => {
    let attempts = 0;
    let mayBegin: Promise<void> = Promise.resolve();
    let fail: (error: StudioError) => void = () => undefined;
    const watch: typeof watchFolder = async (path, listener, options) => {
      attempts += 1;
      await mayBegin;
      fail = (error) => options?.onError?.(error);
      return watchFolder(path, listener, options);
    };
    return {
      watch,
      get attempts() {
        return attempts;
      },
      break() {
        fail(new StudioError('workspace/watch-failed', 'no more', { cause: new Error('out of watches') }));
      },
      hold() {
        let release = (_error?: Error) => {};
        mayBegin = new Promise((resolve, reject) => {
          release = (error) => (error === undefined ? resolve() : reject(error));
        });
        mayBegin.catch(() => undefined);
        return release;
      },
    };
  };

  test('leaves the last good one in force, is told once, and the file is read before each call', async () => {
    await store(FILE, 'limit: 5\n');
    const watching = breakable();
    const told: unknown[] = [];
    const config = configOf(
      {},
      {},
      { watch: watching.watch, onError: (error) => told.push(error), retryWatchAfterMs: 0 },
    );
    await config.state();
    watching.hold();
    const changed = stateWhere(config, () => true);
    watching.break();
    watching.break();
    await changed;
    expect(told).toEqual([
      expect.objectContaining({ code: 'config/not-watched', message: expect.stringContaining('out of watches') }),
    ]);
    expect(config.diagnostics()).toMatchObject([{ severity: 'warning', code: 'config/not-watched', file: FILE }]);
    expect(await config.withOverride({ severity: 'low' })).toMatchObject({ config: { limit: 5, severity: 'low' } });
    await writeFile(at(FILE), 'limit: 6\n');
    expect(await config.withOverride({})).toMatchObject({ config: { limit: 6 }, generation: 2 });
    await writeFile(at(FILE), 'limit: none\n');
    expect(await config.withOverride({})).toMatchObject({ config: { limit: 6 }, generation: 2 });
    expect(await config.save('limit: 7\n')).toMatchObject({ accepted: true, state: { generation: 3 } });
  });

  test('begins again by itself, also where that fails at first, and takes in what changed meanwhile', async () => {
    await store(FILE, 'limit: 5\n');
    const watching = breakable();
    const config = configOf({}, {}, { watch: watching.watch, onError: () => undefined, retryWatchAfterMs: 0 });
    await config.state();
    const failOnce = watching.hold();
    const down = stateWhere(config, () => config.diagnostics().length > 0);
    watching.break();
    await down;
    await writeFile(at(FILE), 'limit: 6\n');
    const back = stateWhere(config, () => config.diagnostics().length === 0);
    failOnce(new StudioError('workspace/watch-failed', 'still no more'));
    await vi.waitFor(() => expect(watching.attempts).toBeGreaterThan(2), 10_000);
    watching.hold()();
    expect(await back).toMatchObject({ effective: { limit: 6 } });
    const seen = stateWhere(config, ({ effective }) => effective.limit === 7);
    await writeFile(at(FILE), 'limit: 7\n');
    await seen;
  });

  test('from the start keeps no plugin from being opened', async () => {
    await store(FILE, 'limit: 5\n');
    const told: unknown[] = [];
    const watch = () => Promise.reject(new StudioError('workspace/watch-failed', 'none left'));
    const config = configOf({}, {}, { watch, onError: (error) => told.push(error) });
    expect(await config.state()).toMatchObject({ generation: 1, effective: { limit: 5 }, problems: [] });
    expect(told).toMatchObject([{ code: 'config/not-watched' }]);
  });
});

test('a listener that throws keeps no other from hearing, and its owner is told', async () => {
  const told: unknown[] = [];
  const config = configOf({}, {}, { onError: (error) => told.push(error) });
  await config.state();
  const fault = new Error('not my day');
  for (const listenable of [config.onDidAccept, config.onDidChange]) {
    listenable.on(() => {
      throw fault;
    });
  }
  const heard = stateWhere(config, ({ generation }) => generation === 2);
  expect(await config.save('limit: 4\n')).toMatchObject({ accepted: true });
  await heard;
  expect(told).toEqual([fault, fault]);
});

test('what instances took is kept, the last fifty, and told', async () => {
  const config = configOf();
  await config.state();
  const heard: ConfigState[] = [];
  config.onDidChange.on((state) => heard.push(state));
  for (let at = 1; at <= 60; at += 1) {
    config.noteApplied({ instanceId: 'i', pluginId: 'my-plugin:1.0.0', generation: 1, at, durationMs: 2 });
  }
  const { applied } = await config.state();
  expect(heard).toHaveLength(60);
  expect(applied).toHaveLength(50);
  expect(applied.at(-1)?.at).toBe(60);
});

test('closed, it says so, and no longer watches', async () => {
  const config = configOf();
  await config.state();
  await config.close();
  await expect(config.state()).rejects.toMatchObject({ code: 'config/closed' });
  await expect(config.save('{}')).rejects.toMatchObject({ code: 'config/closed' });
});

test('a folder that is not there is told by every call', async () => {
  const config = createPluginConfig({
    folder: at('gone'),
    manifest: async () => ({ name: 'a' }),
    environment: {},
    onError: unexpected,
  });
  await expect(config.state()).rejects.toMatchObject({ code: 'workspace/not-found' });
  await expect(config.withOverride({})).rejects.toMatchObject({ code: 'workspace/not-found' });
  await config.close();
});
