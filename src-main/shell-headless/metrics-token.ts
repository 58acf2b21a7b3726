/**
 * What a Prometheus that has no browser's session shows at GET /metrics: a token of the data folder, which only the user
 * may read. It stays the same over restarts, since it stands in somebody's scrape configuration.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files';

export interface MetricsToken {
  readonly file: string;
  /** @param authorization The request's header. */
  opens(authorization: string | undefined): boolean;
}

const LEAST_LENGTH = 32;
const FILE_OWNER_ONLY = 0o600;

/** Made where it is missing, or was cut off. @throws StudioError of the file system */
export async function openMetricsToken(dataFolder: string): Promise<MetricsToken> {
  const file = join(dataFolder, 'metrics-token');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  const token = known.length >= LEAST_LENGTH ? known : randomBytes(32).toString('base64url');
  if (token !== known) await writeAtomically(file, `${token}\n`, { mode: FILE_OWNER_ONLY });
  const wanted = Buffer.from(`Bearer ${token}`);
  return {
    file,
    opens(authorization = '') {
      const said = Buffer.from(authorization);
      return said.length === wanted.length && timingSafeEqual(said, wanted);
    },
  };
}
