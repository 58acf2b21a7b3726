/** Tells the language of a text from its name, and for scripts without one from the first line. */
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
  | 'text';

/** Languages in which a program is written: the others hold settings or prose. */
export const CODE_LANGUAGES: readonly Language[] = ['python', 'javascript', 'java', 'go', 'php', 'c', 'csharp'];

/** Languages that hold settings. */
export const CONFIG_LANGUAGES: readonly Language[] = ['json', 'yaml', 'env', 'dockerfile'];

const BY_EXTENSION: Readonly<Record<Language, string>> = {
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
  text: 'md markdown txt rst html htm xml svg css lock',
};

const EXTENSIONS = new Map<string, Language>(
  (Object.entries(BY_EXTENSION) as [Language, string][]).flatMap(([language, extensions]) =>
    extensions.split(' ').map((extension): [string, Language] => [extension, language]),
  ),
);

const SHEBANG = /^#![^\n]{0,80}\b(python|node|deno|bun|php|bash|sh|zsh)/;
const INTERPRETERS: Readonly<Record<string, Language>> = {
  python: 'python',
  node: 'javascript',
  deno: 'javascript',
  bun: 'javascript',
  php: 'php',
  bash: 'shell',
  sh: 'shell',
  zsh: 'shell',
};

export function languageOf(filename: string, content: string): Language {
  const name = baseName(filename).toLowerCase();
  if (/^\.?env(\.|$)/.test(name) || /^\.(npmrc|pypirc|netrc|gitconfig|editorconfig)$/.test(name)) return 'env';
  if (/^(dockerfile|containerfile)(\.|$)/.test(name)) return 'dockerfile';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const known = EXTENSIONS.get(extension);
  if (known !== undefined && name.includes('.')) return known;
  const interpreter = SHEBANG.exec(content)?.[1];
  if (interpreter !== undefined) return INTERPRETERS[interpreter] ?? 'text';
  if (content.startsWith('<?php')) return 'php';
  return /^\s{0,200}[{[]/.test(content) ? 'json' : 'text';
}

export const baseName = (filename: string): string =>
  filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
