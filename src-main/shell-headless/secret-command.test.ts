import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { buildCommandLine, runCommandLine } from './commands/command-line.fixture';

// Each test starts the command line, which starts processes of its own.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(buildCommandLine);

const SECRET = 's3cret-of-the-test';

const MANIFEST = {
  name: 'keeper',
  version: '1.0.0',
  plugin_type: 'analyzer',
  entry_point: 'src.keeper:Keeper',
  config_schema: {
    type: 'object',
    properties: {
      token: { type: 'string', format: 'secret' },
      hooks: { type: 'object', additionalProperties: { type: 'string', format: 'secret' } },
    },
  },
};

/** It says its secret in every way that it has. */
const SOURCE = `
import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class Keeper extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze(request) {
    const { token = 'none' } = this.config;
    this.logger.info('token ' + token);
    await this.eventBus.publish({ event_type: 'custom', data: { token } });
    return { request_id: request.request_id, status: 'success', metadata: { token, length: token.length } };
  }
}`;

async function setUp() {
  const home = await temporaryFolder();
  const plugin = join(home, 'plugin');
  await mkdir(join(plugin, 'src'), { recursive: true });
  await writeFile(join(plugin, 'plugin.json'), JSON.stringify(MANIFEST));
  await writeFile(join(plugin, 'src/keeper.ts'), SOURCE);
  await writeFile(join(home, 'sample.js'), 'x');
  const secret = (...args: string[]) => runCommandLine(home, ['secret', ...args]);
  const set = (name: string, input: string) => runCommandLine(home, ['secret', 'set', 'plugin', name], { input });
  return { home, plugin, secret, set };
}

test('what is set is listed without its value, is what a run uses and does not show, and is forgotten', async () => {
  const { home, plugin, secret, set } = await setUp();
  const kept = await set('token', `${SECRET}\n`);
  expect(kept).toMatchObject({ code: 0, stdout: '' });
  expect(kept.stderr).toContain(join(home, 'studio-home', 'secrets'));

  const list = await secret('list', 'plugin');
  expect(list.stdout).toBe('/token  kept\n/hooks/…  takes more, by name\n');

  const run = await runCommandLine(home, ['run', 'plugin', '--sample', 'sample.js', '--format', 'json']);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain(`"length": ${SECRET.length}`);
  expect(run.stdout).toContain('••••••');

  const cleared = await secret('clear', 'plugin', '/token');
  expect(cleared.code).toBe(0);
  expect((await secret('list', 'plugin')).stdout).toContain('/token  not set\n');

  const said = [kept, list, run, cleared].map(({ stdout, stderr }) => stdout + stderr).join('');
  expect(said).not.toContain(SECRET);
  expect(await readFile(join(plugin, 'plugin.json'), 'utf8')).not.toContain(SECRET);
  expect(await readdir(plugin)).toEqual(['plugin.json', 'src']);
});

test('a name in a map is given as its pointer', async () => {
  const { secret, set } = await setUp();
  expect((await set('/hooks/ops', SECRET)).code).toBe(0);
  expect((await secret('list', 'plugin')).stdout).toContain('/hooks/ops  kept\n');
});

test.each([
  ['is no secret', 'level', SECRET, 'config_schema has no secret there'],
  ['is too short', 'token', 'abc', 'at least 4 characters'],
])('what %s is refused with 2', async (_, name, value, why) => {
  const { set } = await setUp();
  const { code, stderr } = await set(name, value);
  expect(code).toBe(2);
  expect(stderr).toContain(why);
  expect(stderr).not.toContain(value);
});
