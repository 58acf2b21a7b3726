import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder, studioPaths } from './studio-paths';

test('a built tree finds its resources beside out/', () => {
  const root = resolve('/srv/studio');
  expect(studioPaths(join(root, 'out', 'main'), undefined)).toEqual({
    resourcesFolder: join(root, 'resources'),
    runnerFile: join(root, 'out', 'main', 'runner-javascript.js'),
    databaseWorkerFile: join(root, 'out', 'main', 'database-worker.js'),
    sdkFile: join(root, 'resources', 'sdk', 'mcp-plugin-sdk.mjs'),
    rendererFolder: join(root, 'out', 'renderer'),
  });
});

test('a packaged application finds them in its resources', () => {
  const packaged = resolve('/opt/studio/resources');
  const paths = studioPaths(join(packaged, 'app.asar', 'out', 'main'), packaged);
  expect(paths.resourcesFolder).toBe(packaged);
  expect(paths.rendererFolder).toBe(join(packaged, 'app.asar', 'out', 'renderer'));
});

test("in development the runtime's own resources are not the studio's", () => {
  const runtime = resolve('/opt/electron/resources');
  expect(studioPaths(resolve('/srv/studio/out/main'), runtime).resourcesFolder).toBe(resolve('/srv/studio/resources'));
});

test('MCP_STUDIO_HOME wins over every other place', () => {
  const environment = { MCP_STUDIO_HOME: '/keep/here', XDG_DATA_HOME: '/xdg' };
  expect(dataFolder(environment, '/home/ada', 'linux')).toBe(resolve('/keep/here'));
});

test('without it the data folder is where the operating system wants it', () => {
  const linux = dataFolder({ XDG_DATA_HOME: '/xdg' }, '/home/ada', 'linux');
  expect(linux).toBe(join('/xdg', 'mcp-plugin-studio'));
  expect(dataFolder({ XDG_DATA_HOME: 'relative' }, '/home/ada', 'linux')).toBe(
    join('/home/ada', '.local', 'share', 'mcp-plugin-studio'),
  );
  expect(dataFolder({}, '/Users/ada', 'darwin')).toBe(
    join('/Users/ada', 'Library', 'Application Support', 'mcp-plugin-studio'),
  );
  expect(dataFolder({ APPDATA: '/Roaming' }, '/Users/ada', 'win32')).toBe(join('/Roaming', 'mcp-plugin-studio'));
});
