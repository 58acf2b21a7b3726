/**
 * One plugin's configuration with the person's unsaved text over it, as pure steps. While nothing is unsaved the text
 * follows the disk; once something is, a change on disk is told and the person chooses.
 */
import type { ConfigProblem, ConfigState } from '@shared/contracts';
import type { Draft } from './drafts';

export interface Configuration {
  readonly state: ConfigState;
  /** The unsaved text and the version of the file that it began from; undefined where it is as on disk. */
  readonly draft: Draft | undefined;
  /** Why the last save was refused; gone with the next change. */
  readonly refused: readonly ConfigProblem[];
  readonly saving: boolean;
}

const settled = (configuration: Configuration): Configuration =>
  configuration.draft?.text === configuration.state.file.text ? { ...configuration, draft: undefined } : configuration;

/** What the host says now, below what is unsaved. */
export const withState = (before: Configuration | undefined, state: ConfigState, kept?: Draft): Configuration =>
  settled({ draft: kept, refused: [], saving: false, ...before, state });

export const textOf = ({ draft, state }: Configuration): string => draft?.text ?? state.file.text;

export const withText = (configuration: Configuration, text: string): Configuration => {
  if (text === textOf(configuration)) return configuration;
  const { version } = configuration.draft ?? configuration.state.file;
  return settled({ ...configuration, refused: [], draft: { text, version } });
};

/** What the file holds now, where that is not what the unsaved text began from. */
export const theirsOf = ({ draft, state }: Configuration): string | undefined =>
  draft !== undefined && draft.version !== state.file.version ? state.file.text : undefined;

/** The unsaved text from now on stands for the file as it is. */
export const keepingMine = (configuration: Configuration): Configuration =>
  configuration.draft === undefined
    ? configuration
    : { ...configuration, draft: { ...configuration.draft, version: configuration.state.file.version } };

export const reverted = (configuration: Configuration): Configuration => ({
  ...configuration,
  draft: undefined,
  refused: [],
});

export interface SaveAnswer {
  readonly accepted: boolean;
  readonly problems: readonly ConfigProblem[];
  readonly state: ConfigState;
}

/** What was typed while the save was under way stays, based on what is now saved. */
export function withAnswer(before: Configuration, sent: string, { accepted, problems, state }: SaveAnswer) {
  const { draft } = before;
  const next: Configuration = { ...before, state, refused: problems };
  if (!accepted || draft === undefined) return settled(next);
  return settled({ ...next, draft: draft.text === sent ? undefined : { ...draft, version: state.file.version } });
}
