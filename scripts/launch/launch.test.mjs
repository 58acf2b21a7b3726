import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAsar } from './asar.mjs';
import { reasonToBuild } from './build.mjs';
import { cacheFolder } from './cache-folder.mjs';
import { requireHash } from './development-electron.mjs';
import { fingerprintOf } from './fingerprint.mjs';
import { installKey, reasonToInstall } from './install.mjs';
import { refusalOfNode } from './node-version.mjs';
import { findOfficialElectron, rememberedFailure } from './official-electron.mjs';
import { showProgress } from './progress.mjs';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';
import { electronArguments, findElectronIn, hasDisplay } from './runtime-sources.mjs';
import { serveOptions } from './start.mjs';
import { parseStartOptions, resolveFolders } from './start-options.mjs';

let folder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launch-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function tree(name, files) {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

describe('Node', () => {
  test.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v100.1.0'])('%s will do', (version) => {
    expect(refusalOfNode(version)).toBeUndefined();
  });

  test.each(['v20.18.3', 'v18.20.0', 'v9.0.0'])('%s is refused with what to install', (version) => {
    expect(refusalOfNode(version)).toContain(`needs Node 20.19 or newer, and this is Node ${version.slice(1)}`);
  });
});

describe('the options of npm start', () => {
  test('nothing said: the desktop window, any port, no plugin', () => {
    expect(parseStartOptions([])).toEqual({ browser: false, retryElectron: false, help: false, folders: [] });
  });

  test('all of them, in any order', () => {
    expect(parseStartOptions(['one', '--port', '4100', '--browser', 'two', '--retry-electron'])).toEqual({
      browser: true,
      retryElectron: true,
      help: false,
      port: 4100,
      folders: ['one', 'two'],
    });
    expect(parseStartOptions(['--port=0']).port).toBe(0);
  });

  test.each([[['--port']], [['--port', 'many']], [['--port', '70000']], [['--port=-1']], [['--port', '0x10']]])(
    '%j is refused with an example',
    (words) => {
      expect(() => parseStartOptions(words)).toThrow('such as --port 4100');
    },
  );

  test('an option that there is not is refused with those that there are', () => {
    expect(() => parseStartOptions(['--brower'])).toThrow('no option --brower; npm start -- --help');
    expect(() => parseStartOptions(['--registry-config'])).toThrow('wants a file');
    expect(() => parseStartOptions(['--registry-config', 'none.yaml'])).toThrow('none.yaml is not a file');
    const { registryConfig } = parseStartOptions(['--registry-config=package.json']);
    expect(registryConfig).toBe(resolve('package.json'));
  });

  test('folders are meant from where the person stands', async () => {
    await tree('from', { 'plugin/plugin.json': '{}' });
    expect(resolveFolders(['from/plugin'], folder)).toEqual([join(folder, 'from/plugin')]);
    expect(() => resolveFolders(['from/plugin/plugin.json'], folder)).toThrow('is not a folder');
  });

  test.each([['--port=70000'], ['--port=abc'], ['--nope'], ['not-there']])(
    '%s is one line and exit code 2, before anything is installed or built',
    async (word) => {
      const args = [inProject('scripts', 'start.mjs'), '--browser', word];
      const { code, output } = await runCommand(process.execPath, args, { onOutput: () => {}, cwd: folder });
      expect(code).toBe(2);
      expect(output.trim().split('\n')).toHaveLength(1);
    },
  );
});

describe('what is stale', () => {
  test('packages: missing, unknown, of another lock file, of another platform', async () => {
    const root = await tree('packages', { 'package-lock.json': '{}' });
    expect(await reasonToInstall(root)).toBe('node_modules is missing');
    await tree('packages', { 'node_modules/a/index.js': '' });
    expect(await reasonToInstall(root)).toBe('node_modules is of unknown age');
    await tree('packages', { 'node_modules/.studio-installed': installKey('{}') });
    expect(await reasonToInstall(root)).toBeUndefined();
    await tree('packages', { 'package-lock.json': '{"changed":1}' });
    expect(await reasonToInstall(root)).toBe('package-lock.json has changed');
    expect(installKey('{}', 'linux-x64')).not.toBe(installKey('{}', 'linux-arm64'));
  });

  test('a build of which a product is missing', async () => {
    expect(await reasonToBuild(await tree('built', { 'out/.built': '' }))).toBe('out/main/electron.js is missing');
  });

  test('the fingerprint is of names and contents, whatever the dates', async () => {
    const root = await tree('sources', { 'src/a.ts': 'a', 'src/deep/b.ts': 'b' });
    const first = await fingerprintOf(root, ['src', 'gone']);
    await utimes(join(root, 'src/a.ts'), 1, 1);
    expect(await fingerprintOf(root, ['src'])).toBe(first);
    await tree('sources', { 'src/a.ts': 'c' });
    const changed = await fingerprintOf(root, ['src']);
    expect(changed).not.toBe(first);
    await tree('sources', { 'src/new.ts': '' });
    expect(await fingerprintOf(root, ['src'])).not.toBe(changed);
  });

  test('a test beside a source makes nothing stale', async () => {
    const root = await tree('tested', { 'src/a.ts': 'a' });
    const first = await fingerprintOf(root, ['src']);
    await tree('tested', { 'src/a.test.ts': 'test' });
    expect(await fingerprintOf(root, ['src'])).toBe(first);
  });
});

describe('Electron', () => {
  const files = {
    'package.json': '{"version":"45.4.1"}',
    'path.txt': 'electron',
    'dist/electron': '',
    'dist/version': 'v45.4.1',
  };

  test('the official one is found by looking, and only in the version that the package wants', async () => {
    const there = await tree('electron', files);
    expect(await findOfficialElectron(there)).toMatchObject({ version: '45.4.1', dist: join(there, 'dist') });
    const old = await tree('electron-old', { ...files, 'dist/version': '44.0.0' });
    expect(await findOfficialElectron(old)).toBeUndefined();
    const { 'path.txt': _, ...unfetched } = files;
    expect(await findOfficialElectron(await tree('electron-none', unfetched))).toBeUndefined();
  });

  test('a failure to fetch it counts for a day and for that version', () => {
    const failure = { version: '45.4.1', time: 1000, reason: 'it could not be fetched' };
    const hour = 3_600_000;
    expect(rememberedFailure(failure, '45.4.1', 1000 + hour)).toContain('--retry-electron');
    expect(rememberedFailure(failure, '45.4.1', 1001 + 24 * hour)).toBeUndefined();
    expect(rememberedFailure(failure, '45.4.2', 1000 + hour)).toBeUndefined();
    expect(rememberedFailure(undefined, '45.4.1')).toBeUndefined();
  });

  test('a folder that the environment names is looked into', async () => {
    const dist = await tree('dist', { electron: '', version: '25.1.1\n' });
    expect(await findElectronIn(dist, 'linux')).toEqual({
      dist,
      executable: join(dist, 'electron'),
      version: '25.1.1',
    });
    expect(await findElectronIn(join(folder, 'nowhere'), 'linux')).toBeUndefined();
  });

  test('its sandbox is left out only where it cannot run', () => {
    expect(electronArguments({ userId: 0, namespacesRestricted: false })).toContain('--no-sandbox');
    expect(electronArguments({ userId: 1000, namespacesRestricted: true })).toContain('--no-sandbox');
    expect(electronArguments({ userId: 1000, namespacesRestricted: false })).not.toContain('--no-sandbox');
    expect(electronArguments({ userId: undefined, namespacesRestricted: false })).not.toContain('--no-sandbox');
  });

  test('a package or a binary that is not the known one is refused', async () => {
    const root = await tree('download', { file: 'abc' });
    const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    await expect(requireHash(join(root, 'file'), 'sha256', 'hex', known)).resolves.toBeUndefined();
    await expect(requireHash(join(root, 'file'), 'sha256', 'hex', 'other')).rejects.toThrow('is not the known file');
  });

  test('an archive says where each of its files lies', () => {
    const archive = packAsar({ 'a.txt': Buffer.from('first'), 'b.txt': Buffer.from('second') });
    const length = archive.readUInt32LE(12);
    const { files: entries } = JSON.parse(archive.subarray(16, 16 + length).toString());
    const start = 8 + archive.readUInt32LE(4);
    const read = ({ offset, size }) =>
      archive.subarray(start + Number(offset), start + Number(offset) + size).toString();
    expect([read(entries['a.txt']), read(entries['b.txt'])]).toEqual(['first', 'second']);
    expect(start % 4).toBe(0);
  });
});

describe('the machine', () => {
  test('a display is what a window can appear on', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });

  test('a browser is opened only where it can be seen', () => {
    expect(serveOptions({ hasDisplay: false })).toEqual([]);
    expect(serveOptions({ hasDisplay: false, registryConfig: '/r.yaml' })).toEqual(['--registry-config=/r.yaml']);
    expect(serveOptions({ hasDisplay: true, port: 4100 })).toEqual(['--port', '4100', '--open']);
  });

  test('what was fetched is kept where the system keeps such things', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, '/h', 'linux')).toBe(join('/c', 'mcp-plugin-studio'));
    expect(cacheFolder({ XDG_CACHE_HOME: 'c' }, '/h', 'linux')).toBe(join('/h', '.cache', 'mcp-plugin-studio'));
    expect(cacheFolder({ LOCALAPPDATA: '/l' }, '/h', 'win32')).toBe(join('/l', 'mcp-plugin-studio'));
    expect(cacheFolder({}, '/h', 'darwin')).toBe(join('/h', 'Library', 'Caches', 'mcp-plugin-studio'));
  });
});

describe('a command', () => {
  const node = (code, options) => runCommand(process.execPath, ['-e', code], options);

  test('that fails is told by its code and its output', async () => {
    const heard = [];
    const result = await node('console.log("out"); console.error("err"); process.exit(7)', {
      onOutput: (text) => heard.push(text),
    });
    expect(result).toMatchObject({ code: 7, timedOut: false, missing: false });
    expect(heard.join('')).toBe(result.output);
    expect(result.output).toContain('out');
  });

  test('that takes too long is killed with what it started', async () => {
    const child =
      'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })';
    expect(await node(child, { timeoutMs: 500, onOutput: () => {} })).toMatchObject({ timedOut: true, code: 1 });
  });

  test('that is not there is missing', async () => {
    expect(await runCommand('no-such-program', [], { onOutput: () => {} })).toMatchObject({ code: 127, missing: true });
  });
});

test('progress in a log starts and ends with a line, and says how long it took', () => {
  const written = [];
  let time = 0;
  const done = showProgress('Fetching', { write: (text) => written.push(text) }, () => time);
  time = 3000;
  done('fetched');
  expect(written.join('')).toBe('Fetching … 0 s\nFetching: fetched (3 s).\n');
});
