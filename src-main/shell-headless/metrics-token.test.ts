import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMetricsToken } from './metrics-token';
import { type StudioServer, startServer } from './server';

let folder: string;
let server: StudioServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studio-metrics-'));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

test('whoever shows the token reads the metrics, and nothing else', async () => {
  const token = await openMetricsToken(folder);
  await writeFile(join(folder, 'index.html'), '<title>Studio</title>');
  server = await startServer({
    studio: { connect: () => () => undefined },
    rendererFolder: folder,
    metrics: { read: async () => ({ type: 'text/plain', text: 'up 1\n' }), token },
  });
  const { origin } = new URL(server.url);
  const Authorization = `Bearer ${(await readFile(token.file, 'utf8')).trim()}`;
  const scraped = await fetch(`${origin}/metrics`, { headers: { Authorization } });
  expect([scraped.status, await scraped.text()]).toEqual([200, 'up 1\n']);
  expect((await fetch(`${origin}/metrics`)).status).toBe(403);
  expect((await fetch(`${origin}/metrics`, { headers: { Authorization: `${Authorization}x` } })).status).toBe(403);
  expect((await fetch(`${origin}/`, { headers: { Authorization } })).status).toBe(403);
});

test('the token stays the same, is made anew where it was cut off, and is for the user alone', async () => {
  const { file } = await openMetricsToken(folder);
  const first = await readFile(file, 'utf8');
  await openMetricsToken(folder);
  expect(await readFile(file, 'utf8')).toBe(first);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, first.slice(0, 8));
  const { opens } = await openMetricsToken(folder);
  expect(opens(`Bearer ${first.slice(0, 8)}`)).toBe(false);
  expect((await readFile(file, 'utf8')).trim()).toHaveLength(43);
});
