/** What tests of runs start from: a well-formed finding, and a folder that is gone when the test is. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VulnerabilityResult } from '@shared/schemas';
import { onTestFinished } from 'vitest';

export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'studio-runs-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const finding = (given: Partial<VulnerabilityResult> = {}): VulnerabilityResult => ({
  vulnerability_id: 'f-1',
  title: 'SQL built by concatenation',
  vulnerability_type: 'sql_injection',
  severity: 'high',
  ...given,
});
