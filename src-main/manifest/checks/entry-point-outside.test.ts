import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PluginFolder, testCheck } from '../plugin-folder.fixture';
import { entryPointOutside } from './entry-point-outside';

const refused = (given: string) => ({
  manifest: { entry_point: given },
  finds: [
    {
      message: /must be inside the plugin's folder, and leads out of it/,
      marks: JSON.stringify(given),
      pointer: '/entry_point',
      fixes: given.endsWith('MyAnalyzer') ? ['Use src.analyzer:MyAnalyzer'] : [],
    },
  ],
});

async function linkOut({ path }: PluginFolder) {
  await mkdir(join(path, '..', 'elsewhere'));
  await writeFile(join(path, '..', 'elsewhere', 'evil.ts'), 'export class Evil {}');
  await symlink('../elsewhere', join(path, 'lib'));
}

testCheck(entryPointOutside, {
  upwards: refused('../elsewhere:Evil'),
  'upwards on the way': refused('src/../../elsewhere:Evil'),
  'upwards with backslashes': refused('src\\..\\..\\elsewhere:Evil'),
  'from the root, when one file has the class': refused('/etc/analyzer:MyAnalyzer'),
  'from a drive': refused('C:\\plugins\\x:Evil'),
  'through a link': {
    manifest: { entry_point: 'lib.evil:Evil' },
    prepare: linkOut,
    finds: [{ message: /and lib\/evil\.ts is a link that leads out of it/, marks: '"lib.evil:Evil"' }],
  },
  'a link that stays inside': {
    manifest: { entry_point: 'lib.analyzer:MyAnalyzer' },
    prepare: ({ path }) => symlink('src', join(path, 'lib')),
  },
});
