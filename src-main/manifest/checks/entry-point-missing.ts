import { didYouMean } from '@shared/closest';
import { type ContentCheck, fixes } from '../check';
import { replaceValue } from '../edits';
import { suggestEntryPoint } from '../entry/suggest-entry-points';

export const entryPointMissing: ContentCheck = {
  code: 'manifest/entry-point-missing',
  severity: 'error',
  message: 'The module of the entry point is a file of the plugin.',
  async find({ document, entry, folder }) {
    if (entry.kind !== 'missing') return [];
    const meant = await suggestEntryPoint(folder, entry.module, entry.className);
    return [
      {
        message: `There is no module "${entry.module}". Looked for ${entry.looked.join(', ')}.${didYouMean(meant)}`,
        pointer: '/entry_point',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/entry_point', meant),
        }),
      },
    ];
  },
};
