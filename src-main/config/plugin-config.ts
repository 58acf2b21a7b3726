/**
 * The configuration of one plugin while it is open. What is in force is always the last good one, with a generation
 * that counts up from 1; a change that breaks config_schema, on the disk or on its way there, is refused with its place
 * and the last good one stays. Where nothing has been good yet, nothing is in force and a run is refused. Everything
 * happens one after another, so that a save and the watcher that sees it make one generation. While the file cannot be
 * watched, it is read before every call instead.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ConfigApplied, ConfigProblem, ConfigState, Diagnostic, FileChange } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import { PLUGIN_NAME_PATTERN } from '@shared/schemas';
import { watchFolder } from '../files';
import { notWatchedDiagnostic, toDiagnostics } from './config-diagnostics';
import type { Environment } from './environment-layer';
import { type ConfiguredManifest, type Evaluation, evaluate, forbiddenIn, sentenceOf } from './evaluate';
import { type Config, mergeConfigs } from './merge';
import { createPersistentWatch } from './persistent-watch';
import { changedOnDisk, invalid, notJsonIn, notWatched } from './refusals';
import { createSerial } from './serial';
import { mayBeStored, pathToWrite, readStoredFile, type StoredFile, writeStoredFile } from './stored-file';

const MOST_APPLIED = 50;
const NAME = new RegExp(PLUGIN_NAME_PATTERN);

export interface AcceptedConfig {
  readonly config: Config;
  readonly generation: number;
}

export interface SaveResult {
  readonly accepted: boolean;
  readonly problems: ConfigProblem[];
  readonly state: ConfigState;
}

export interface PluginConfig {
  state(): Promise<ConfigState>;
  /**
   * Checks, then writes, then puts in force; refused, nothing is written.
   * @param expectedVersion what the file must still be; null: there must be none; undefined: whatever it is.
   * @throws StudioError workspace/changed-on-disk (data: {text, version}), config/no-manifest, workspace/*.
   */
  save(text: string, expectedVersion?: string | null): Promise<SaveResult>;
  /** What is in force with a run's override laid over it. @throws StudioError config/invalid (data: {problems}). */
  withOverride(override: Config | undefined): Promise<AcceptedConfig>;
  /** Reads the manifest and the stored file again. */
  refresh(): Promise<void>;
  /** A new generation is in force; not told of the first, which every instance starts with. */
  readonly onDidAccept: Listenable<AcceptedConfig>;
  noteApplied(applied: ConfigApplied): void;
  readonly onDidChange: Listenable<ConfigState>;
  /** Of the stored file, as it was read last. */
  diagnostics(): Diagnostic[];
  close(): Promise<void>;
}

export interface PluginConfigOptions {
  readonly folder: string;
  manifest(): Promise<ConfiguredManifest>;
  readonly environment: Environment;
  /** Hears what a listener threw, which is a fault of its owner and not of whoever saved, and that watching failed. */
  readonly onError: (error: unknown) => void;
  /** What watches, and after how long it is tried again; real ones unless told. */
  readonly watch?: typeof watchFolder;
  readonly retryWatchAfterMs?: number;
}

interface Reading {
  readonly manifest: ConfiguredManifest | undefined;
  readonly file: StoredFile;
  readonly evaluation: Evaluation;
}

interface InForce extends AcceptedConfig {
  readonly check: Evaluation['check'];
}

/** Starts to read and to watch at once. */
export function createPluginConfig(options: PluginConfigOptions): PluginConfig {
  const { folder, manifest, environment, onError, watch = watchFolder, retryWatchAfterMs = 1000 } = options;
  const didAccept = createEmitter<AcceptedConfig>(onError);
  const didChange = createEmitter<ConfigState>(onError);
  const serial = createSerial();
  let reading = NOTHING_READ;
  let inForce: InForce | undefined;
  let acceptedText = '';
  let applied: readonly ConfigApplied[] = [];
  let announced = '';
  let failure: StudioError | undefined;

  const run = <Result>(work: () => Promise<Result> | Result) =>
    serial.run(async () => {
      if (failure !== undefined) throw failure;
      if (watching.isDown) await reload();
      return work();
    });

  const currentState = (): ConfigState => {
    const { schema, defaults, stored, environment: variables, problems } = reading.evaluation;
    const { path, exists, text, version } = reading.file;
    return structuredClone({
      folder,
      generation: inForce?.generation ?? 0,
      ...(schema === undefined ? {} : { schema }),
      defaults,
      stored,
      environment: variables,
      effective: inForce?.config ?? {},
      file: { path, exists, text, version },
      problems: [...problems],
      applied: [...applied],
    });
  };

  const announce = () => {
    const state = currentState();
    const text = JSON.stringify(state);
    if (text === announced) return;
    announced = text;
    didChange.emit(state);
  };

  const isEmptied = (file: StoredFile) => file.exists && file.text.trim() === '' && acceptedText.trim() !== '';

  /** @param isFirst what instances start with is no news to them. */
  const adopt = (next: Reading, isFirst = false) => {
    reading = next;
    const { effective, problems, check } = next.evaluation;
    if (problems.length === 0) {
      acceptedText = next.file.text;
      const isNew = inForce === undefined || !isDeepStrictEqual(inForce.config, effective);
      const generation = (inForce?.generation ?? 0) + (isNew ? 1 : 0);
      inForce = { config: effective, generation, check };
      if (isNew && !isFirst) didAccept.emit({ config: structuredClone(effective), generation });
    }
    announce();
  };

  const read = async (): Promise<Reading> => {
    try {
      const current = await manifest();
      if (!NAME.test(current.name)) throw new StudioError('manifest/name', `"${current.name}" is no plugin name.`);
      const file = await readStoredFile(folder, current.name);
      return { manifest: current, file, evaluation: evaluate(current, file, environment, isEmptied(file)) };
    } catch (error) {
      const problem: ConfigProblem = {
        ...NO_MANIFEST,
        message: `The configuration cannot be read. ${messageOf(error)}`,
      };
      return { ...reading, evaluation: { ...reading.evaluation, problems: [problem] } };
    }
  };

  const reload = async () => {
    if (failure === undefined) adopt(await read());
  };

  const watching = createPersistentWatch({
    start: (onFailure) => {
      const onChange = (changes: FileChange[]) => {
        if (changes.some(({ path }) => mayBeStored(path))) serial.run(reload).catch(onError);
      };
      return watch(folder, onChange, { only: mayBeStored, onError: onFailure });
    },
    onDidFail(cause) {
      onError(notWatched(folder, cause));
      if (reading !== NOTHING_READ) didChange.emit(currentState());
    },
    onDidReturn() {
      const catchUp = async () => {
        await reload();
        didChange.emit(currentState());
      };
      serial.run(catchUp).catch(onError);
    },
    retryAfterMs: retryWatchAfterMs,
  });

  /** Only a folder that is not there is the end: what cannot be watched can still be read. */
  const start = async () => {
    await watching.begin();
    adopt(await read(), true);
  };

  const fail = (error: unknown) => {
    failure =
      error instanceof StudioError ? error : new StudioError('config/failed', messageOf(error), { cause: error });
  };

  const save = async (text: string, expectedVersion?: string | null): Promise<SaveResult> => {
    const current = reading.manifest;
    if (current === undefined)
      throw new StudioError('config/no-manifest', reading.evaluation.problems[0]?.message ?? '');
    const onDisk = await readStoredFile(folder, current.name);
    // What cannot be read is not overwritten: nobody has seen what it holds.
    if (onDisk.unreadable !== undefined) throw onDisk.unreadable;
    if (expectedVersion !== undefined && expectedVersion !== onDisk.version) throw changedOnDisk(onDisk);
    const wanted = { path: pathToWrite(current.name, onDisk), exists: true, text, version: null };
    const evaluation = evaluate(current, wanted, environment, isEmptied(wanted));
    const problems = [...notJsonIn(wanted), ...evaluation.problems];
    if (problems.length > 0) return { accepted: false, problems, state: currentState() };
    const file = await writeStoredFile(folder, current.name, onDisk, text);
    adopt({ manifest: current, file, evaluation });
    return { accepted: true, problems: [], state: currentState() };
  };

  const withOverride = (override: Config = {}): AcceptedConfig => {
    if (inForce === undefined) throw invalid(reading.evaluation.problems);
    const forbidden = forbiddenIn('run', override);
    if (forbidden.length > 0) throw invalid(forbidden);
    const config = mergeConfigs(inForce.config, override);
    const violations = inForce.check(config);
    if (violations.length === 0) return { config, generation: inForce.generation };
    throw invalid(
      violations.map((violation): ConfigProblem => {
        const { pointer, schemaPath } = violation;
        return { layer: 'run', code: 'config/invalid', pointer, schemaPath, message: sentenceOf(violation) };
      }),
    );
  };

  serial.run(start).catch(fail);
  return {
    state: () => run(currentState),
    save: (text, expectedVersion) => run(() => save(text, expectedVersion)),
    withOverride: (override) => run(() => withOverride(override)),
    refresh: () => run(reload),
    onDidAccept: didAccept,
    onDidChange: didChange,
    noteApplied(note) {
      applied = [...applied, note].slice(-MOST_APPLIED);
      announce();
    },
    diagnostics: () => [
      ...toDiagnostics(reading.evaluation.problems, reading.file),
      ...(!watching.isDown ? [] : [notWatchedDiagnostic(reading.file)]),
    ],
    close: () =>
      serial.run(() => {
        watching.close();
        failure = new StudioError('config/closed', 'The plugin is closed. Open it again to change its configuration.');
      }),
  };
}

const NO_MANIFEST: ConfigProblem = {
  layer: 'defaults',
  code: 'config/no-manifest',
  pointer: '',
  schemaPath: '',
  message: '',
};

const NOTHING_READ: Reading = {
  manifest: undefined,
  file: { path: '', exists: false, text: '', version: null },
  evaluation: {
    schema: undefined,
    defaults: {},
    stored: {},
    environment: [],
    effective: {},
    problems: [],
    check: () => [],
  },
};
