/** A real plugin in a session of its own, whose times are short, for tests of what keeps it running. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PluginStatus } from '@shared/contracts';
import { onTestFinished } from 'vitest';
import { createPluginBuilder } from '../build';
import { createEventBus } from '../bus';
import { createSupervisor } from '../runtime';
import { accessWithout } from './access.fixture';
import { openPluginSession } from './plugin-session';
import type { SupervisionRules } from './supervision';

const built = resolve(import.meta.dirname, '../../out/test');

const source = (members: string) => `
import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class Sample extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze(request) { return { request_id: request.request_id, status: 'success' }; }
  ${members}
}`;

export async function openSupervised(
  members: string,
  rules: Partial<SupervisionRules> = {},
  healthIntervalMs?: () => number | undefined,
) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-supervised-')));
  const write = (next: string) => writeFile(join(folder, 'src/sample.ts'), source(next));
  await mkdir(join(folder, 'src'));
  const manifest = { name: 'sample', version: '1.0.0', plugin_type: 'analyzer', entry_point: 'src.sample:Sample' };
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(manifest));
  await write(members);
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(built, 'mcp-plugin-sdk.mjs') });
  const runnerFile = join(built, 'runner-javascript.js');
  const supervisor = createSupervisor({ bus, runnerFile, tempFolder: join(folder, 'temp') });
  const errors: unknown[] = [];
  const session = await openPluginSession({
    folder,
    builder,
    supervisor,
    bus,
    environment: {},
    capabilities: await accessWithout(folder),
    onError: (error) => void errors.push(error),
    rules,
    ...(healthIntervalMs === undefined ? {} : { healthIntervalMs }),
  });
  onTestFinished(async () => {
    await session.close();
    await supervisor.close();
    await builder.close();
    await bus.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The first status from now on, or the present one, that is so. */
  const until = (isSo: (status: PluginStatus) => boolean) =>
    new Promise<PluginStatus>((resolve) => {
      const look = (status: PluginStatus) => {
        if (!isSo(status)) return;
        stop();
        resolve(status);
      };
      const stop = session.onDidChangeStatus.on(look);
      look(session.status());
    });

  const kill = () => {
    const { pid } = session.status();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  };

  const call = async (method: string, ...args: unknown[]) => {
    const { instance, release } = await session.use();
    return instance.invoke(method, args, { timeoutMs: 60_000 }).finally(release);
  };

  return { session, bus, supervisor, errors, write, until, kill, call };
}
