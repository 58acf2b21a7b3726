/** Which of Monaco's languages a file is written in, by its name. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  json: 'json',
  jsonc: 'json',
  sarif: 'json',
  py: 'python',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  hpp: 'cpp',
  cs: 'csharp',
  java: 'java',
  kt: 'kotlin',
  go: 'go',
  rs: 'rust',
  rb: 'ruby',
  php: 'php',
  swift: 'swift',
  sh: 'shell',
  bash: 'shell',
  ps1: 'powershell',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'ini',
  ini: 'ini',
  cfg: 'ini',
  html: 'html',
  htm: 'html',
  css: 'css',
  scss: 'scss',
  xml: 'xml',
  svg: 'xml',
  md: 'markdown',
  sql: 'sql',
  tf: 'hcl',
};

export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dockerfile') return 'dockerfile';
  return BY_EXTENSION[name.slice(name.lastIndexOf('.') + 1)] ?? 'plaintext';
}

export const PLAIN_TYPESCRIPT = 'plain-typescript';
export const PLAIN_JAVASCRIPT = 'plain-javascript';

/** The same, for texts that are no part of a plugin's sources and so are never checked as such. */
export function plainLanguageOf(path: string): string {
  const language = languageOf(path);
  if (language === 'typescript') return PLAIN_TYPESCRIPT;
  return language === 'javascript' ? PLAIN_JAVASCRIPT : language;
}
