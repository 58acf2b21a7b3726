/** The icon of a file, by its name. */
import { languageOf } from './language';

const BY_LANGUAGE: Readonly<Record<string, string>> = {
  json: 'json',
  markdown: 'markdown',
  python: 'python',
  plaintext: 'file',
  ini: 'settings',
  yaml: 'settings',
};

export function fileIcon(name: string): string {
  if (/\.(png|jpe?g|gif|svg|webp|ico)$/i.test(name)) return 'file-media';
  if (/\.(zip|gz|tgz|tar|7z)$/i.test(name)) return 'file-zip';
  return BY_LANGUAGE[languageOf(name)] ?? 'file-code';
}
