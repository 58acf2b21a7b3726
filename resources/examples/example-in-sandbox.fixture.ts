/**
 * Builds an example and runs it in its sandbox: a process of its own with frozen built-ins, on a real bus, and with what
 * its manifest asks for as far as the test grants it.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pluginId, type SecurityEvent } from '@shared/schemas';
import { onTestFinished } from 'vitest';
import { createPluginBuilder } from '../../src-main/build';
import { createEventBus, type EventBus } from '../../src-main/bus';
import { type Allowance, createBroker, createPluginPermissions, openGrantStore } from '../../src-main/capabilities';
import { readManifest } from '../../src-main/manifest';
import { createSupervisor, type PluginInstance } from '../../src-main/runtime';
import { folderOf } from './example-plugin.fixture';

const built = resolve(import.meta.dirname, '../../out/test');

export interface SandboxedExample {
  readonly instance: PluginInstance;
  readonly bus: EventBus;
  /** Calls a method of the contract by its wire name. */
  call<Result>(method: string, ...args: unknown[]): Promise<Result>;
  /** Settles with the next event of the type. */
  event(type: string): Promise<SecurityEvent>;
}

const NOTHING: Allowance = { permissions: [], hosts: [] };

export async function startInSandbox(
  name: string,
  config: Record<string, unknown> = {},
  allowance: Allowance = NOTHING,
): Promise<SandboxedExample> {
  const tempFolder = await realpath(await mkdtemp(join(tmpdir(), `${name}-`)));
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(built, 'mcp-plugin-sdk.mjs') });
  const supervisor = createSupervisor({ bus, runnerFile: join(built, 'runner-javascript.js'), tempFolder });
  onTestFinished(async () => {
    await supervisor.close();
    await builder.close();
    await bus.close();
    await rm(tempFolder, { recursive: true, force: true });
  });

  const folder = folderOf(name);
  const { manifest, entry } = await readManifest(folder);
  const { artifact, report } = await builder.build(folder, entry);
  if (artifact === undefined) throw new Error(report.diagnostics.map(({ message }) => message).join('\n'));
  const effective = { ...manifest.default_config, ...config };
  const permissions = createPluginPermissions({
    folder,
    capabilities: () => manifest.capabilities ?? {},
    pluginId: () => pluginId(manifest),
    store: await openGrantStore(join(tempFolder, 'grants.json'), () => undefined),
    allowance,
  });
  const databaseWorkerFile = join(built, 'database-worker.js');
  const instance = await supervisor.start({
    folder,
    manifest,
    artifact,
    config: effective,
    generation: 1,
    openBroker: (pluginTempFolder) =>
      createBroker({ folder, tempFolder: pluginTempFolder, permissions, databaseWorkerFile }),
  });

  return {
    instance,
    bus,
    call: async <Result>(method: string, ...args: unknown[]) =>
      (await instance.invoke(method, args, { timeoutMs: 60_000 })) as Result,
    event: (type) =>
      new Promise((resolve) => {
        bus.onDidPublish.on((event) => {
          if (event.event_type === type) resolve(event);
        });
      }),
  };
}
