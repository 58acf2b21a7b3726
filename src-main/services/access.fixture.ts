/** What a session needs to grant capabilities, with nobody to be asked and nothing granted. */
import { join, resolve } from 'node:path';
import { openGrantStore } from '../capabilities';
import type { AccessOptions } from './plugin-access';

export const accessWithout = async (dataFolder: string): Promise<AccessOptions> => ({
  store: await openGrantStore(join(dataFolder, 'grants.json'), (line) => {
    throw new Error(line);
  }),
  databaseWorkerFile: resolve(import.meta.dirname, '../../out/test/database-worker.js'),
});
