import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSeenSaves } from './seen-saves';

const changed = (path: string) => ({ path, kind: 'changed' as const });

test('a save that was followed is not followed again, and what was written since then is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-saves-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const saves = createSeenSaves(folder);
  await writeFile(join(folder, 'a.ts'), 'one');
  await saves.note('a.ts');
  expect(await saves.others([changed('a.ts'), changed('b.ts')])).toEqual([changed('b.ts')]);
  await saves.note('a.ts');
  await writeFile(join(folder, 'a.ts'), 'another');
  expect(await saves.others([changed('a.ts')])).toEqual([changed('a.ts')]);
  expect(await saves.others([changed('a.ts')])).toEqual([changed('a.ts')]);
});
