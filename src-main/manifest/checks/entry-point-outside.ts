import { type ContentCheck, fixes } from '../check';
import { replaceValue } from '../edits';
import { suggestEntryPoint } from '../entry/suggest-entry-points';

export const entryPointOutside: ContentCheck = {
  code: 'manifest/entry-point-outside',
  severity: 'error',
  message: "The entry point is inside the plugin's folder: no .., no absolute path, no link that leads out.",
  async find({ document, entry, folder }) {
    if (entry.kind !== 'outside') return [];
    const meant = await suggestEntryPoint(folder, entry.module, entry.className);
    return [
      {
        message: `The entry point must be inside the plugin's folder, and ${entry.why}. Move the code into the folder.`,
        pointer: '/entry_point',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/entry_point', meant),
        }),
      },
    ];
  },
};
