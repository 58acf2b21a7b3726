import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openChosenSamples } from './chosen-samples';
import { temporaryFolder } from './run-samples.fixture';

test('of several that are chosen at once all are kept for the next time', { repeats: 20 }, async () => {
  const file = join(await temporaryFolder(), 'chosen.json');
  const chosen = openChosenSamples(file);
  const paths = Array.from({ length: 20 }, (_, at) => `/samples/${at}`);
  await Promise.all(paths.map((path) => chosen.add(path)));
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([...paths].reverse());
});
