/** Tells the language of a text from its name, and where that says nothing from what it holds. */
import { guessLanguage } from './guess-language';

export type Language =
  | 'python'
  | 'javascript'
  | 'java'
  | 'go'
  | 'php'
  | 'c'
  | 'csharp'
  | 'shell'
  | 'json'
  | 'yaml'
  | 'env'
  | 'dockerfile'
  /** Prose and markup: there is no program in it. */
  | 'text'
  /** Neither the name nor the text tells. */
  | 'unknown';

/** Languages in which a program is written: the others hold settings or prose. */
export const CODE_LANGUAGES: readonly Language[] = ['python', 'javascript', 'java', 'go', 'php', 'c', 'csharp'];

/** Languages that hold settings. */
export const CONFIG_LANGUAGES: readonly Language[] = ['json', 'yaml', 'env', 'dockerfile'];

/** For rules that find the same in any text. */
export const ALL_LANGUAGES: readonly Language[] = [...CODE_LANGUAGES, ...CONFIG_LANGUAGES, 'shell', 'text', 'unknown'];

const BY_EXTENSION: Readonly<Record<Exclude<Language, 'unknown'>, string>> = {
  python: 'py pyw pyi',
  javascript: 'js mjs cjs jsx ts mts cts tsx',
  java: 'java kt kts scala groovy',
  go: 'go',
  php: 'php phtml php5 inc',
  c: 'c h cc cpp cxx hpp hh m mm',
  csharp: 'cs',
  shell: 'sh bash zsh ksh',
  json: 'json jsonc json5 webmanifest map',
  yaml: 'yaml yml',
  env: 'env ini cfg conf config properties toml tfvars tf hcl',
  dockerfile: 'dockerfile containerfile',
  text: 'md markdown mdx rst adoc tex html htm xhtml xml svg css scss sass less lock csv tsv log po diff patch',
};

const EXTENSIONS = new Map<string, Language>(
  (Object.entries(BY_EXTENSION) as [Language, string][]).flatMap(([language, extensions]) =>
    extensions.split(' ').map((extension): [string, Language] => [extension, language]),
  ),
);

/** Files without an extension that hold prose, or lists of paths. */
const PROSE =
  /^(?:licen[cs]e|copying|notice|readme|authors|contributors|maintainers|changelog|changes|history|todo|codeowners)(?:\.txt|-[\w.]+)?$|^\.\w+ignore$|^\.gitattributes$/;

export function languageOf(filename: string, content: string): Language {
  return languageOfName(filename) ?? guessLanguage(content) ?? 'unknown';
}

function languageOfName(filename: string): Language | undefined {
  const name = baseName(filename).toLowerCase();
  if (/^\.?env(\.|$)/.test(name) || /^\.(npmrc|pypirc|netrc|gitconfig|editorconfig)$/.test(name)) return 'env';
  if (/^(dockerfile|containerfile)(\.|$)/.test(name)) return 'dockerfile';
  const known = name.includes('.') ? EXTENSIONS.get(extensionOf(name)) : undefined;
  return known ?? (PROSE.test(name) ? 'text' : undefined);
}

/** Whether a better name would tell more: a text that was piped in or pasted has none of its own. */
export const hasTellingName = (filename: string): boolean =>
  baseName(filename).includes('.') && extensionOf(filename) !== 'txt';

const extensionOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

export const baseName = (filename: string): string =>
  filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
