import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';
import { ENTRY_POINT } from '../entry/resolve-entry-point';
import { suggestEntryPoint } from '../entry/suggest-entry-points';

export const entryPointForm: ContentCheck = {
  code: 'manifest/entry-point-form',
  severity: 'error',
  message: 'The entry point is module:Class, with dots in the module.',
  async find({ document, manifest, entry, folder }) {
    const given = textOf(manifest.entry_point);
    if (given === undefined || entry.kind !== 'malformed') return [];
    const meant = await suggestionFor(folder, given);
    return [
      {
        message: `"${given}" is no entry point. Use module:Class, such as "src.analyzer:MyAnalyzer" for the class MyAnalyzer in src/analyzer.ts.`,
        pointer: '/entry_point',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/entry_point', meant),
        }),
      },
    ];
  },
};

/** A path where a module belongs is the usual slip: `src/analyzer.ts:MyAnalyzer`. */
async function suggestionFor(folder: string, given: string): Promise<string | undefined> {
  const [module = '', className = '', ...rest] = given.trim().split(/\s*[:#]\s*/);
  if (rest.length > 0 || !ENTRY_POINT.test(`x:${className}`)) return undefined;
  const dotted = module
    .replace(/^\.[\\/]/, '')
    .replace(/\.(?:ts|js|mjs|py|wasm)$/, '')
    .replace(/[\\/]/g, '.');
  const meant = `${dotted}:${className}`;
  return ENTRY_POINT.test(meant) ? meant : suggestEntryPoint(folder, module, className);
}
