/**
 * The permissions of one opened plugin, kept in step with its manifest and shown as problems: what was denied, and
 * what is asked for and was not used.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic, PermissionQuestion, PermissionState, RunSummary } from '@shared/contracts';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { Permission } from '@shared/schemas';
import type { Allowance, Broker, GrantStore, PluginPermissions, Questions } from '../capabilities';
import { createBroker, createPluginPermissions } from '../capabilities';
import type { Redact } from '../config';
import { createThrottle } from '../timing/throttle';

const INTERVAL_MS = 100;

/** What all plugins of a studio share. */
export interface AccessOptions {
  readonly store: GrantStore;
  /** Absent where nobody can be asked. */
  readonly questions?: Questions | undefined;
  readonly allowance?: Allowance | undefined;
  /** The registry configuration that does not allow a permission. */
  readonly registryRefusal?: ((permission: Permission) => string | undefined) | undefined;
  /** The bundle of the thread that runs SQLite. */
  readonly databaseWorkerFile: string;
}

export interface PluginAccess {
  readonly permissions: PluginPermissions;
  /** For a process that starts now. */
  openBroker(tempFolder: string): Broker;
  state(): Promise<PermissionState>;
  /** A question as it may be seen: without the plugin's secrets. */
  show(question: PermissionQuestion): PermissionQuestion;
  /** What a run was given may be read while it goes on. */
  noteRun(summary: RunSummary, givenPath: string | undefined): void;
  /** The manifest has changed. */
  refresh(): void;
  /** At most ten times a second, with what there is to show. */
  readonly onDidChange: Listenable<AccessNews>;
  close(): void;
}

export interface AccessNews {
  readonly state: PermissionState;
  readonly denials: Diagnostic[];
  readonly unused: Diagnostic[];
}

export interface PluginAccessOptions extends AccessOptions {
  readonly folder: string;
  readonly capabilities: () => unknown;
  readonly pluginId: () => string;
  /** Hides the plugin's secrets in what is asked and recorded; what goes out to the network is as it is. */
  readonly redact: Redact;
  readonly onError: (error: unknown) => void;
}

export function createPluginAccess(options: PluginAccessOptions): PluginAccess {
  const { folder, capabilities, pluginId, store, questions, allowance, databaseWorkerFile, onError, redact } = options;
  const didChange = createEmitter<AccessNews>(onError);
  /** By run. */
  const given = new Map<string, string>();
  const permissions = createPluginPermissions({
    folder,
    capabilities,
    pluginId,
    store,
    questions,
    redact,
    onError,
    registryRefusal: options.registryRefusal,
    ...(allowance === undefined ? {} : { allowance }),
  });

  /** Undefined where it cannot be read: then nothing can be edited in it, either. */
  const manifestText = () => readFile(join(folder, 'plugin.json'), 'utf8').catch(() => undefined);

  const tell = async () => {
    const text = await manifestText();
    didChange.emit({
      state: redact(permissions.state(text)),
      denials: redact(permissions.denialDiagnostics(text)),
      unused: text === undefined ? [] : permissions.unusedDiagnostics(text),
    });
  };
  const throttle = createThrottle(() => void tell().catch(onError), { intervalMs: INTERVAL_MS, first: 'later' });
  const stopListening = permissions.onDidChange.on(() => throttle.ask());

  return {
    permissions,
    openBroker: (tempFolder) =>
      createBroker({
        folder,
        tempFolder,
        permissions,
        databaseWorkerFile,
        givenPaths: () => [...given.values()],
        redact: (text) => redact(text),
      }),
    state: async () => redact(permissions.state(await manifestText())),
    show({ questionId, folder: of, ...texts }) {
      return { questionId, folder: of, ...redact(texts) };
    },
    noteRun({ runId, outcome }, givenPath) {
      if (outcome === 'running') {
        if (givenPath !== undefined) given.set(runId, givenPath);
        return;
      }
      given.delete(runId);
      permissions.noteRun();
    },
    refresh: () => throttle.ask(),
    onDidChange: didChange,
    close() {
      stopListening();
      throttle.close();
    },
  };
}
