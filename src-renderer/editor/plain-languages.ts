/**
 * TypeScript and JavaScript that are only looked at. Samples are no part of the plugin: checked as such they would be
 * full of errors, and what they declare would leak into the plugin's own sources.
 */
import * as javascript from 'monaco-editor/languages/definitions/javascript/javascript';
import * as typescript from 'monaco-editor/languages/definitions/typescript/typescript';
import { PLAIN_JAVASCRIPT, PLAIN_TYPESCRIPT } from './language';
import type { Monaco } from './monaco-types';

export function registerPlainLanguages(monaco: Monaco): void {
  for (const [id, { conf, language }] of [
    [PLAIN_TYPESCRIPT, typescript],
    [PLAIN_JAVASCRIPT, javascript],
  ] as const) {
    monaco.languages.register({ id });
    monaco.languages.setLanguageConfiguration(id, conf);
    monaco.languages.setMonarchTokensProvider(id, language);
  }
}
