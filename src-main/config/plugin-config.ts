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
import { refuseIfGone, resolveInside, watchFolder, writeAtomically } from '../files';
import { createTurns } from '../timing/turns';
import { notWatchedDiagnostic, toDiagnostics } from './config-diagnostics';
import type { Environment } from './environment-layer';
import { type ConfiguredManifest, type Evaluation, evaluate, forbiddenIn, sentenceOf } from './evaluate';
import { type Config, mergeConfigs } from './merge';
import { createPersistentWatch } from './persistent-watch';
import { isWithin, valueAt } from './pointer';
import { createRedactor, type Redact } from './redactor';
import { changedOnDisk, invalid, notJsonIn, notWatched } from './refusals';
import { invalidSecret, noSuchSecret, secretFrom, takeOutOfManifest, textWithout } from './secret-changes';
import { secretFieldsIn } from './secret-fields';
import { type KeptSecrets, NO_VAULT, type SecretVault } from './secret-vault';
import { isInFile } from './secrets-layer';
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
  /**
   * Keeps a secret and puts it in force. One that breaks config_schema is refused; what else is wrong with the
   * configuration stays as it is. @throws StudioError config/no-such-secret, config/secret-too-short,
   * config/secret-invalid, config/no-manifest, workspace/*. None shows the secret.
   */
  setSecret(pointer: string, text: string): Promise<ConfigState>;
  clearSecret(pointer: string): Promise<ConfigState>;
  /** From the file, or from default_config, into the vault. @throws as setSecret, and workspace/changed-on-disk. */
  moveSecret(pointer: string): Promise<ConfigState>;
  /** Puts dots in the place of every secret that was ever in force while the plugin is open. */
  readonly redact: Redact;
  /** What is in force with a run's override laid over it. @throws StudioError config/invalid (data: {problems}). */
  withOverride(override: Config | undefined): Promise<AcceptedConfig>;
  /** Reads the manifest and the stored file again. */
  refresh(): Promise<void>;
  /** Another folder may have taken the place of the one that is watched. */
  watchAgain(): Promise<void>;
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
  /** Where secrets are kept; without one, none are. */
  readonly vault?: SecretVault;
  /** Hears what a listener threw, which is a fault of its owner and not of whoever saved, and that watching failed. */
  readonly onError: (error: unknown) => void;
  /** What watches, and after how long it is tried again; real ones unless told. */
  readonly watch?: typeof watchFolder;
  readonly retryWatchAfterMs?: number;
}

interface Reading {
  readonly manifest: ConfiguredManifest | undefined;
  readonly file: StoredFile;
  readonly kept: KeptSecrets;
  /** In words; undefined where the plugin has no secrets. */
  readonly keptIn: string | undefined;
  readonly evaluation: Evaluation;
}

interface InForce extends AcceptedConfig {
  /** What the file gave of it. */
  readonly stored: Config;
  readonly check: Evaluation['check'];
}

/** Starts to read and to watch at once. */
export function createPluginConfig(options: PluginConfigOptions): PluginConfig {
  const { folder, manifest, environment, onError, watch = watchFolder, retryWatchAfterMs = 1000 } = options;
  const { vault = NO_VAULT } = options;
  const redactor = createRedactor();
  const didAccept = createEmitter<AcceptedConfig>(onError);
  const didChange = createEmitter<ConfigState>(onError);
  const turns = createTurns();
  const inTurn = <Result>(work: () => Promise<Result>) => turns.run([folder], work);
  let reading = NOTHING_READ;
  let inForce: InForce | undefined;
  let acceptedText = '';
  let applied: readonly ConfigApplied[] = [];
  let announced = '';
  let failure: StudioError | undefined;

  const run = <Result>(work: () => Promise<Result> | Result) =>
    inTurn(async () => {
      if (failure !== undefined) throw failure;
      if (watching.isDown || (await haveSecretsChanged())) await reload();
      return work();
    });

  const currentState = (): ConfigState => {
    const { schema, defaults, stored, environment: variables, problems, warnings, secrets } = reading.evaluation;
    const { masked } = reading.evaluation;
    const { path, exists, text, version } = reading.file;
    const shown = redactor.redact({
      folder,
      generation: inForce?.generation ?? 0,
      ...(schema === undefined ? {} : { schema }),
      defaults: masked(defaults),
      stored: masked(stored),
      environment: variables.map((given) => ({ ...given, value: masked(given.value, given.pointer) })),
      effective: masked(inForce?.config ?? {}),
      ...(problems.length === 0 ? {} : { storedInForce: masked(inForce?.stored ?? {}) }),
      problems: [...problems],
      warnings: [...warnings],
      secrets: [...secrets],
      ...(reading.keptIn === undefined ? {} : { secretsKept: reading.keptIn }),
      applied: [...applied],
    });
    // The file is the person's own: dots in its text would be saved into it.
    return structuredClone({ ...shown, file: { path, exists, text, version } });
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
    const { effective, problems, check, secretValues } = next.evaluation;
    redactor.learn(secretValues);
    if (problems.length === 0) {
      acceptedText = next.file.text;
      const isNew = inForce === undefined || !isDeepStrictEqual(inForce.config, effective);
      const generation = (inForce?.generation ?? 0) + (isNew ? 1 : 0);
      inForce = { config: effective, generation, check, stored: next.evaluation.stored };
      if (isNew && !isFirst) didAccept.emit({ config: structuredClone(effective), generation });
    }
    announce();
  };

  const look = (manifest: ConfiguredManifest, file: StoredFile, kept: KeptSecrets, keptIn: string | undefined) => {
    const evaluation = evaluate(manifest, file, { environment, emptied: isEmptied(file), kept });
    return { manifest, file, kept, keptIn, evaluation };
  };

  /** Another studio, or the command line, may have kept one. */
  const haveSecretsChanged = async () =>
    reading.keptIn !== undefined && !isDeepStrictEqual(await vault.read(folder), reading.kept);

  const read = async (): Promise<Reading> => {
    try {
      const current = await manifest();
      if (!NAME.test(current.name)) throw new StudioError('manifest/name', `"${current.name}" is no plugin name.`);
      const file = await readStoredFile(folder, current.name);
      if (!file.exists) await refuseIfGone(folder);
      const hasSecrets = secretFieldsIn(current.config_schema ?? undefined, current.default_config).length > 0;
      const kept = hasSecrets ? await vault.read(folder) : {};
      const keptIn = hasSecrets ? await vault.describe(folder) : undefined;
      return look(current, file, kept, keptIn);
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
        if (changes.some(({ path }) => mayBeStored(path))) inTurn(reload).catch(onError);
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
      inTurn(catchUp).catch(onError);
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
    await refuseIfGone(folder);
    const onDisk = await readStoredFile(folder, current.name);
    // What cannot be read is not overwritten: nobody has seen what it holds.
    if (onDisk.unreadable !== undefined) throw onDisk.unreadable;
    if (expectedVersion !== undefined && expectedVersion !== onDisk.version) throw changedOnDisk(onDisk);
    const wanted = { path: pathToWrite(current.name, onDisk), exists: true, text, version: null };
    const { kept, keptIn } = reading;
    const { evaluation } = look(current, wanted, kept, keptIn);
    const problems = [...notJsonIn(wanted), ...evaluation.problems];
    if (problems.length > 0) {
      redactor.learn(evaluation.secretValues);
      return { accepted: false, problems: redactor.redact(problems), state: currentState() };
    }
    const file = await writeStoredFile(folder, current.name, onDisk, text);
    adopt({ manifest: current, file, kept, keptIn, evaluation });
    return { accepted: true, problems: [], state: currentState() };
  };

  /** @throws StudioError config/no-manifest */
  const known = () => {
    const { manifest: current, file, kept, keptIn } = reading;
    if (current !== undefined) return { current, file, kept, keptIn };
    throw new StudioError('config/no-manifest', reading.evaluation.problems[0]?.message ?? '');
  };

  const keep = async (pointer: string, value: unknown) => {
    const { current, file, kept, keptIn } = known();
    const next = look(current, file, { ...kept, [pointer]: value }, keptIn);
    const isUnused = next.evaluation.secrets.some((secret) => secret.pointer === pointer && secret.isUnused === true);
    if (isUnused) throw noSuchSecret(pointer, 'there is no such item, or something else is in its place');
    const fault = next.evaluation.problems.find((problem) => isWithin(problem.pointer, pointer));
    if (fault !== undefined) throw invalidSecret(pointer, redactor.redact(fault.message));
    await vault.write(folder, next.kept);
    adopt(next);
    return currentState();
  };

  const setSecret = (pointer: string, text: string) =>
    keep(pointer, secretFrom(known().current.config_schema ?? undefined, pointer, text));

  const clearSecret = async (pointer: string) => {
    const { current, file, kept, keptIn } = known();
    if (!Object.hasOwn(kept, pointer)) throw noSuchSecret(pointer, 'no secret is kept for it');
    const { [pointer]: _, ...others } = kept;
    await vault.write(folder, others);
    adopt(look(current, file, others, keptIn));
    return currentState();
  };

  const moveSecret = async (pointer: string) => {
    const { current, file, kept } = known();
    const { defaults, stored } = reading.evaluation;
    const place = isInFile({ defaults, stored }, pointer);
    if (place === undefined) throw noSuchSecret(pointer, 'no file has it');
    const onDisk = await readStoredFile(folder, current.name);
    if (onDisk.version !== file.version) throw changedOnDisk(onDisk);
    if (!Object.hasOwn(kept, pointer)) {
      const value = valueAt(place === 'stored' ? stored : defaults, pointer);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      await keep(pointer, secretFrom(current.config_schema ?? undefined, pointer, text));
    }
    if (place === 'defaults') await takeOutOfManifest(folder, pointer);
    else await writeAtomically(await resolveInside(folder, file.path), textWithout(file.path, file.text, pointer));
    await reload();
    return currentState();
  };

  const withOverride = (override: Config = {}): AcceptedConfig => {
    if (inForce === undefined) throw invalid(reading.evaluation.problems, reading.file.path);
    const forbidden = forbiddenIn('run', override);
    if (forbidden.length > 0) throw invalid(forbidden);
    const config = mergeConfigs(inForce.config, override);
    redactor.learn(reading.evaluation.secretsIn(config));
    const violations = inForce.check(config);
    if (violations.length === 0) return { config, generation: inForce.generation };
    throw invalid(
      violations.map((violation): ConfigProblem => {
        const { pointer, schemaPath } = violation;
        const message = redactor.redact(sentenceOf(violation));
        return { layer: 'run', code: 'config/invalid', pointer, schemaPath, message };
      }),
    );
  };

  inTurn(start).catch(fail);
  return {
    state: () => run(currentState),
    save: (text, expectedVersion) => run(() => save(text, expectedVersion)),
    setSecret: (pointer, text) => run(() => setSecret(pointer, text)),
    clearSecret: (pointer) => run(() => clearSecret(pointer)),
    moveSecret: (pointer) => run(() => moveSecret(pointer)),
    redact: redactor.redact,
    withOverride: (override) => run(() => withOverride(override)),
    refresh: () => run(reload),
    watchAgain: () => inTurn(watching.restart),
    onDidAccept: didAccept,
    onDidChange: didChange,
    noteApplied(note) {
      applied = [...applied, note].slice(-MOST_APPLIED);
      announce();
    },
    diagnostics: () => [
      ...redactor.redact(toDiagnostics(reading.evaluation, reading.file)),
      ...(!watching.isDown ? [] : [notWatchedDiagnostic(reading.file)]),
    ],
    close: () =>
      inTurn(async () => {
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
  kept: {},
  keptIn: undefined,
  evaluation: {
    schema: undefined,
    defaults: {},
    stored: {},
    environment: [],
    effective: {},
    problems: [],
    warnings: [],
    secrets: [],
    secretValues: [],
    secretsIn: () => [],
    masked: (value) => value,
    check: () => [],
  },
};
