import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeWindow, readBounds, writeBounds } from './window-bounds';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const saved = { x: 2000, y: 50, width: 1000, height: 700, maximized: false };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'window-bounds-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the window comes back to the display on which it stood', () => {
  expect(placeWindow(saved, [left, right])).toEqual({ x: 2000, y: 50, width: 1000, height: 700 });
});

test('a window whose display is gone gets the default size and no place', () => {
  expect(placeWindow(saved, [left])).toEqual({ width: 1440, height: 900 });
});

test('a window is never larger than its display nor smaller than it can be used', () => {
  expect(placeWindow({ ...saved, width: 5000, height: 5000 }, [left, right])).toMatchObject({
    width: 1280,
    height: 1024,
  });
  expect(placeWindow({ ...saved, width: 200, height: 10 }, [left, right])).toMatchObject({ width: 900, height: 600 });
});

test('a window whose title bar is out of reach gets the default size', () => {
  expect(placeWindow({ ...saved, y: -400 }, [left, right])).toEqual({ width: 1440, height: 900 });
  expect(placeWindow({ ...saved, x: 3190 }, [left, right])).toEqual({ width: 1440, height: 900 });
});

test('what is written is read again; what is gone or broken is not', async () => {
  const file = join(folder, 'window.json');
  expect(await readBounds(file)).toBeUndefined();
  await writeBounds(file, saved);
  expect(await readBounds(file)).toEqual(saved);
  await writeFile(file, '{"x": 1');
  expect(await readBounds(file)).toBeUndefined();
  await writeFile(file, '{"x": "1"}');
  expect(await readBounds(file)).toBeUndefined();
});
