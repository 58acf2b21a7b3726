/** The secrets of one plugin's configuration, over real files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigState, ConfigStateSchema } from '@shared/contracts';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { aesCipher } from './aes-cipher.fixture';
import { createPluginConfig, type PluginConfig, type PluginConfigOptions } from './plugin-config';
import { MASK } from './redactor';
import { createFileVault } from './secret-vault';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    token: { type: 'string', format: 'secret', title: 'API token', pattern: '^tok-' },
    pin: { type: 'integer', writeOnly: true },
    hooks: { type: 'object', additionalProperties: { type: 'string', format: 'secret' } },
    servers: {
      type: 'array',
      items: { type: 'object', properties: { host: { type: 'string' }, password: { $ref: '#/$defs/password' } } },
    },
    level: { type: 'string', default: 'low' },
  },
  $defs: { password: { type: 'string', format: 'secret' } },
};
const TOKEN = 'tok-very-secret';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder.path, ...path);
const open: PluginConfig[] = [];
afterEach(() => Promise.all(open.splice(0).map((config) => config.close())));

const unexpected = (error: unknown) => {
  throw error;
};

interface Setup extends Partial<PluginConfigOptions> {
  readonly stored?: string;
  readonly defaults?: Record<string, unknown>;
  readonly schema?: Record<string, unknown>;
}

function configOf({ stored, defaults = { level: 'low' }, schema = SCHEMA, ...more }: Setup = {}) {
  const plugin = at('plugin');
  mkdirSync(join(plugin, 'config'), { recursive: true });
  if (stored !== undefined) writeFileSync(join(plugin, 'config', 'p.yaml'), stored);
  const config = createPluginConfig({
    folder: plugin,
    manifest: async () => ({ name: 'p', config_schema: schema, default_config: defaults }),
    environment: {},
    vault: createFileVault(at('data', 'secrets'), unexpected),
    onError: unexpected,
    ...more,
  });
  open.push(config);
  return config;
}

const secretFile = () => readdirSync(at('data', 'secrets'))[0] ?? '';

const inForce = async (config: PluginConfig) => (await config.withOverride(undefined)).config;
const secretAt = ({ secrets }: ConfigState, pointer: string) => secrets.find((secret) => secret.pointer === pointer);

describe('a secret that is set', () => {
  test('is what the plugin gets, and nowhere in what the window is told', async () => {
    const config = configOf({ stored: 'level: high\n' });
    const state = await config.setSecret('/token', TOKEN);
    expect(await inForce(config)).toEqual({ level: 'high', token: TOKEN });
    expect(Value.Check(ConfigStateSchema, state)).toBe(true);
    expect(state.effective).toEqual({ level: 'high', token: MASK });
    expect(secretAt(state, '/token')).toMatchObject({ title: 'API token', isSet: true, from: 'store' });
    expect(state.secretsKept).toContain(at('data', 'secrets'));
    expect(JSON.stringify(state)).not.toContain(TOKEN);
  });

  test('is a new generation, which running plugins are handed', async () => {
    const config = configOf();
    const { generation } = await config.state();
    const accepted = new Promise((resolve) => config.onDidAccept.on(resolve));
    await config.setSecret('/token', TOKEN);
    expect(await accepted).toEqual({ generation: generation + 1, config: { level: 'low', token: TOKEN } });
  });

  test('is not in the plugin folder, and is there again when that is opened again', async () => {
    await configOf().setSecret('/token', TOKEN);
    expect(await inForce(configOf())).toMatchObject({ token: TOKEN });
    expect(readFileSync(at('data', 'secrets', secretFile()), 'utf8')).toContain(TOKEN);
  });

  test('elsewhere is in force from the next run on', async () => {
    const [here, there] = [configOf(), configOf()];
    await Promise.all([here.state(), there.state()]);
    await there.setSecret('/token', TOKEN);
    expect(await inForce(here)).toMatchObject({ token: TOKEN });
  });

  test('is of the type that config_schema gives it', async () => {
    const config = configOf();
    await config.setSecret('/pin', '123456');
    expect(await inForce(config)).toMatchObject({ pin: 123456 });
    expect((await config.state()).effective.pin).toBe(MASK);
    await expect(config.setSecret('/pin', 'word')).rejects.toMatchObject({ code: 'config/secret-invalid' });
  });

  test('may be one of a map, which then tells of it by name', async () => {
    const config = configOf();
    expect(secretAt(await config.state(), '/hooks')).toMatchObject({ kind: 'map' });
    const state = await config.setSecret('/hooks/on~1call', 'https://hooks.example.com/abc');
    expect(secretAt(state, '/hooks/on~1call')).toMatchObject({ title: 'on/call', isSet: true });
    expect(await inForce(config)).toMatchObject({ hooks: { 'on/call': 'https://hooks.example.com/abc' } });
  });

  test('may be in an item of a list, as long as there is that item', async () => {
    const config = configOf({ stored: 'servers: [{host: a}]\n' });
    await config.setSecret('/servers/0/password', 'pass-of-a');
    expect(await inForce(config)).toMatchObject({ servers: [{ host: 'a', password: 'pass-of-a' }] });
    await expect(config.setSecret('/servers/1/password', 'pass-of-b')).rejects.toMatchObject({
      code: 'config/no-such-secret',
    });
    const { state } = await config.save('servers: []\n');
    expect(secretAt(state, '/servers/0/password')).toMatchObject({ isUnused: true });
    expect(await inForce(config)).toMatchObject({ servers: [] });
  });

  test('gives way to the environment, which is told by its variable', async () => {
    const config = configOf({ environment: { MCP_P_TOKEN: 'tok-from-outside' } });
    const state = await config.setSecret('/token', TOKEN);
    expect(await inForce(config)).toMatchObject({ token: 'tok-from-outside' });
    expect(secretAt(state, '/token')).toMatchObject({ from: 'environment', variable: 'MCP_P_TOKEN' });
    expect(state.environment).toEqual([{ variable: 'MCP_P_TOKEN', pointer: '/token', value: MASK }]);
    expect(JSON.stringify(state)).not.toContain('tok-from-outside');
  });

  test('is forgotten when it is cleared, and stays hidden where a process may still have it', async () => {
    const config = configOf();
    await config.setSecret('/token', TOKEN);
    const state = await config.clearSecret('/token');
    expect(secretAt(state, '/token')).toMatchObject({ isSet: false });
    expect(await inForce(config)).toEqual({ level: 'low' });
    expect(config.redact(`it was ${TOKEN}`)).toBe(`it was ${MASK}`);
    await expect(config.clearSecret('/token')).rejects.toMatchObject({ code: 'config/no-such-secret' });
  });
});

describe('a secret is refused', () => {
  test.each([
    ['/level', 'long-enough', 'config/no-such-secret'],
    ['/gone', 'long-enough', 'config/no-such-secret'],
    ['/hooks/__proto__', 'long-enough', 'config/no-such-secret'],
    ['/token', 'tok', 'config/secret-too-short'],
    ['/token', 'of-another-form', 'config/secret-invalid'],
  ])('at %s with %s: %s, without being said', async (pointer, value, code) => {
    const config = configOf();
    const error = await config.setSecret(pointer, value).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(`"${value}"`);
    expect(await inForce(config)).toEqual({ level: 'low' });
  });
});

test('one of two required secrets can be set before the other', async () => {
  const config = configOf({ schema: { ...SCHEMA, required: ['token', 'pin'] } });
  const { problems } = await config.setSecret('/token', TOKEN);
  expect(problems).toEqual([expect.objectContaining({ layer: 'secret', pointer: '/pin' })]);
  expect(problems[0]?.message).toContain('studio secret set');
  await config.setSecret('/pin', '1234567');
  expect(await inForce(config)).toEqual({ level: 'low', token: TOKEN, pin: 1234567 });
});

describe('a secret in a file', () => {
  test('is in force, and is warned of at its line', async () => {
    const config = configOf({ stored: `level: high\ntoken: ${TOKEN}\n` });
    const state = await config.state();
    expect(await inForce(config)).toMatchObject({ token: TOKEN });
    expect(state.warnings).toEqual([
      expect.objectContaining({ code: 'config/secret-in-file', layer: 'stored', pointer: '/token', line: 2 }),
    ]);
    expect(secretAt(state, '/token')).toMatchObject({ from: 'file', file: 'config/p.yaml' });
    expect(state.problems).toEqual([]);
    expect(JSON.stringify({ ...state, file: undefined })).not.toContain(TOKEN);
    expect(config.diagnostics()).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'config/secret-in-file', file: 'config/p.yaml' }),
    ]);
  });

  test('moves into the store with one step, and the rest of the file stays', async () => {
    const config = configOf({ stored: `# ours\nlevel: high # more\ntoken: ${TOKEN}\n` });
    const state = await config.moveSecret('/token');
    expect(readFileSync(at('plugin', 'config', 'p.yaml'), 'utf8')).toBe('# ours\nlevel: high # more\n');
    expect(secretAt(state, '/token')).toEqual({
      pointer: '/token',
      kind: 'value',
      title: 'API token',
      isSet: true,
      from: 'store',
    });
    expect(state.warnings).toEqual([]);
    expect(await inForce(config)).toEqual({ level: 'high', token: TOKEN });
  });

  test('does not take the place of one that is kept already', async () => {
    const config = configOf({ stored: 'token: tok-of-the-file\n' });
    await config.setSecret('/token', TOKEN);
    await config.moveSecret('/token');
    expect(await inForce(config)).toMatchObject({ token: TOKEN });
  });

  test('moves out of default_config as well', async () => {
    const defaults: Record<string, unknown> = { level: 'low', token: TOKEN };
    const config = configOf({
      manifest: async () => {
        const text = readFileSync(at('plugin', 'plugin.json'), 'utf8');
        return { name: 'p', config_schema: SCHEMA, ...(JSON.parse(text) as object) };
      },
    });
    writeFileSync(at('plugin', 'plugin.json'), JSON.stringify({ default_config: defaults }, null, 2));
    const before = await config.state();
    expect(before.warnings[0]?.message).toContain('plugin.json');
    expect(JSON.stringify(before)).not.toContain(TOKEN);
    await config.moveSecret('/token');
    const text = readFileSync(at('plugin', 'plugin.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({ default_config: { level: 'low' } });
    expect(await inForce(config)).toMatchObject({ token: TOKEN });
  });
});

describe('what is wrong with a secret is said without it', () => {
  test.each([
    ['in the stored file', { stored: 'token: not-the-form\n' }],
    ['in the environment', { environment: { MCP_P_TOKEN: 'not-the-form' } }],
    ['in default_config', { defaults: { token: 'not-the-form' } }],
  ])('%s', async (_, setup) => {
    const { problems } = await configOf(setup).state();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(MASK);
    expect(JSON.stringify(problems)).not.toContain('not-the-form');
  });

  test('where a variable is of another type', async () => {
    const { problems } = await configOf({ environment: { MCP_P_PIN: 'half-a-pin' } }).state();
    expect(problems[0]?.message).toBe(`MCP_P_PIN must be integer, not ${MASK}.`);
  });

  test.each([
    ['in the stored file', { stored: 'account: "key=not-the-form"\nlist: [not-the-form]\n' }],
    ['in the stored file, instead of a list', { stored: 'list: not-the-form\n' }],
    ['in the environment', { environment: { MCP_P_ACCOUNT: '{"key": "not-the-form"' } }],
  ])('where a text is in the place of what has secrets in it, %s', async (_, setup) => {
    const account = { type: 'object', properties: { key: { type: 'string', format: 'secret' } } };
    const schema = { type: 'object', properties: { account, list: { type: 'array', items: account } } };
    const { problems, effective } = await configOf({ ...setup, schema }).state();
    expect(problems[0]?.message).toContain(MASK);
    expect(JSON.stringify([problems, effective])).not.toContain('not-the-form');
  });

  test("in a run's override, which is hidden from then on", async () => {
    const config = configOf();
    const error = await config.withOverride({ token: 'not-the-form' }).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'config/invalid' });
    expect(JSON.stringify([String(error), error])).not.toContain('not-the-form');
    await config.withOverride({ token: 'tok-of-this-run' });
    expect(config.redact('tok-of-this-run')).toBe(MASK);
  });
});

test('a secret too short to be found is warned of where it is not ours to refuse', async () => {
  const { warnings } = await configOf({ environment: { MCP_P_PIN: '12' } }).state();
  expect(warnings).toEqual([expect.objectContaining({ code: 'config/secret-too-short', layer: 'environment' })]);
});

test('an empty text is no secret', async () => {
  const state = await configOf({
    defaults: { token: '' },
    schema: { ...SCHEMA, properties: { token: { format: 'secret' } } },
  }).state();
  expect(secretAt(state, '/token')).toMatchObject({ isSet: false });
  expect([state.warnings, state.effective]).toEqual([[], { token: '' }]);
});

test('a plugin without secrets keeps none, and nothing is searched in what it says', async () => {
  const config = configOf({ schema: { type: 'object' } });
  const state = await config.state();
  expect([state.secrets, state.secretsKept]).toEqual([[], undefined]);
  const message = { any: 'thing' };
  expect(config.redact(message)).toBe(message);
});

describe('a secret that the desktop window encrypted', () => {
  const cipher = aesCipher();
  const desktop = () => createFileVault(at('data', 'secrets'), unexpected, { cipher });
  const encryptedFirst = async (schema: Record<string, unknown> = SCHEMA) => {
    const config = configOf({ vault: desktop(), schema });
    await config.setSecret('/token', TOKEN);
    await config.setSecret('/hooks/ops', 'ops-secret');
    await config.close();
    expect(readFileSync(at('data', 'secrets', secretFile()), 'utf8')).not.toContain(TOKEN);
  };

  test('is told by the other doors with what to do, and is no part of the configuration there', async () => {
    await encryptedFirst();
    const config = configOf();
    const state = await config.state();
    expect(Value.Check(ConfigStateSchema, state)).toBe(true);
    expect(await inForce(config)).toEqual({ level: 'low' });
    expect(secretAt(state, '/token')).toMatchObject({ isSet: true, from: 'store', isLocked: true });
    expect(secretAt(state, '/hooks/ops')).toMatchObject({ isLocked: true });
    expect(secretAt(state, '/hooks/ops')).not.toHaveProperty('isUnused');
    expect(state.warnings).toContainEqual(
      expect.objectContaining({
        code: 'config/secret-locked',
        pointer: '/token',
        message: expect.stringMatching(/"token" cannot be read.*desktop window.*set it here/),
      }),
    );
  });

  test('is there again for the desktop window after another door kept something', async () => {
    await encryptedFirst();
    const config = configOf();
    await config.setSecret('/pin', '123456');
    await config.clearSecret('/hooks/ops');
    await config.close();
    expect(await inForce(configOf({ vault: desktop() }))).toEqual({ level: 'low', token: TOKEN, pin: 123456 });
  });

  test('that the plugin cannot do without says so where it is missing', async () => {
    const schema = { ...SCHEMA, required: ['token'] };
    await encryptedFirst(schema);
    const { problems } = await configOf({ schema }).state();
    expect(problems).toEqual([
      expect.objectContaining({ layer: 'secret', message: expect.stringContaining('Open the plugin in the desktop') }),
    ]);
  });

  test('is replaced only by whoever sets it anew', async () => {
    await encryptedFirst();
    const config = configOf();
    await config.setSecret('/token', 'tok-from-here');
    expect(await inForce(config)).toEqual({ level: 'low', token: 'tok-from-here' });
    await config.close();
    const there = configOf({ vault: desktop() });
    expect(await inForce(there)).toMatchObject({ token: 'tok-from-here', hooks: { ops: 'ops-secret' } });
    expect(readFileSync(at('data', 'secrets', secretFile()), 'utf8')).not.toContain('tok-from-here');
  });
});
