/**
 * The registry configuration that holds for this studio. It is followed while the studio runs: a file that is refused
 * changes nothing, and says why. The data folder's own file is remembered as it was last accepted, so that a broken one
 * does not lift any limit at the next start either.
 */
import { type FSWatcher, watch } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RegistryState } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { PluginRegistryConfig } from '@shared/schemas';
import { writeAtomically } from '../files/write-atomically';
import { createThrottle } from '../timing/throttle';
import {
  checkRegistryConfig,
  missingRegistryConfig,
  NO_REGISTRY_CONFIG,
  type ReadRegistryConfig,
  readRegistryConfig,
} from './read-registry-config';

export interface RegistryConfig {
  /** Only what the file names. */
  read(): PluginRegistryConfig;
  state(): RegistryState;
  readonly onDidChange: Listenable<RegistryState>;
  close(): Promise<void>;
}

export interface RegistryConfigOptions {
  readonly dataFolder: string;
  /** Named on the command line, instead of registry.yaml in the data folder; it must be there. */
  readonly file?: string | undefined;
  readonly watches: boolean;
  readonly onError: (error: unknown) => void;
}

const FILE = 'registry.yaml';
const LAST_GOOD = 'registry.last-good.yaml';

/** An editor writes a file in several steps. */
const SETTLED_MS = 100;

/**
 * @throws StudioError registry/invalid, registry/unreadable, for a file that was named, or where none was ever accepted
 * and nobody would see what is said later
 */
export async function openRegistryConfig(options: RegistryConfigOptions): Promise<RegistryConfig> {
  const { dataFolder, watches, onError } = options;
  const isNamed = options.file !== undefined;
  const file = options.file ?? join(dataFolder, FILE);
  const lastGood = join(dataFolder, LAST_GOOD);
  const didChange = createEmitter<RegistryState>(onError);
  let held: ReadRegistryConfig = NO_REGISTRY_CONFIG;
  let inForce: RegistryState['inForce'] = 'none';
  let problem: string | undefined;

  const state = (): RegistryState => ({
    file,
    inForce,
    ...(problem === undefined ? {} : { problem }),
    warnings: [...held.warnings],
    unused: [...held.unused],
  });

  /** A copy of what was accepted; that it cannot be made is told, and changes nothing. */
  async function remember(accepted: ReadRegistryConfig | undefined) {
    if (isNamed) return;
    try {
      if (accepted === undefined) await rm(lastGood, { force: true });
      else await writeAtomically(lastGood, await readFile(file));
    } catch (error) {
      onError(error);
    }
  }

  async function recall(): Promise<ReadRegistryConfig | undefined> {
    if (isNamed) return undefined;
    try {
      return checkRegistryConfig(lastGood, await readFile(lastGood, 'utf8'));
    } catch {
      // There is none.
      return undefined;
    }
  }

  async function load() {
    const found = await readRegistryConfig(file);
    if (found === undefined && isNamed) throw missingRegistryConfig(file);
    held = found ?? NO_REGISTRY_CONFIG;
    inForce = found === undefined ? 'none' : 'file';
    problem = undefined;
    await remember(found);
  }

  async function loadFirst() {
    try {
      await load();
    } catch (error) {
      const known = await recall();
      if (isNamed || (known === undefined && !watches)) throw error;
      held = known ?? NO_REGISTRY_CONFIG;
      inForce = known === undefined ? 'none' : 'last-good';
      problem = messageOf(error);
      onError(error);
    }
  }

  async function follow() {
    try {
      const before = JSON.stringify([held, inForce, problem]);
      await load();
      if (JSON.stringify([held, inForce, problem]) === before) return;
    } catch (error) {
      if (problem === messageOf(error)) return;
      problem = messageOf(error);
      if (inForce === 'file') inForce = 'last-good';
      onError(error);
    }
    didChange.emit(state());
  }

  await loadFirst();
  let following: Promise<void> = Promise.resolve();
  const throttle = createThrottle(
    () => {
      following = following.then(follow).catch(onError);
    },
    { intervalMs: SETTLED_MS, first: 'later' },
  );
  let watcher: FSWatcher | undefined;
  if (watches) {
    try {
      watcher = watch(dirname(file), { persistent: false }, (_, name) => {
        if (name === null || name === basename(file)) throttle.ask(SETTLED_MS);
      }).on('error', onError);
    } catch (error) {
      onError(error);
    }
  }

  return {
    read: () => held.config,
    state,
    onDidChange: didChange,
    async close() {
      watcher?.close();
      throttle.close();
      await following;
    },
  };
}
