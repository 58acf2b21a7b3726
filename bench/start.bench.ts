/**
 * Starting the built studio for the second time, through each of its doors, beside the least that such a door can be:
 * an empty page from a bare server, an empty window, a Node that does nothing. It is the time on the clock that counts,
 * since a start waits for processes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { median, type Row } from './bench';

export const name = 'start';

const ROUNDS = 5;
const PROJECT = process.cwd();
const COMMAND_LINE = join(PROJECT, 'out/main/cli.js');
const EXAMPLE = join(PROJECT, 'resources/examples/static-analyzer');
const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

const BARE_SERVER = `
const server = require('node:http').createServer((request, response) =>
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>bare</title><button>Ready</button>'));
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/'));`;

const BARE_WINDOW = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<button>Ready</button>'));
app.on('window-all-closed', () => app.quit());`;

/** By what was reached, in ms from the start of the process. */
type Milestones = Readonly<Record<string, number>>;

interface Starter {
  readonly contender: string;
  start(): Promise<Milestones>;
}

/** What one can begin with: the bare page's only button, or the welcome view's first one in a connected window. */
async function untilUsable(page: Page, isStudio: boolean): Promise<void> {
  if (!isStudio) return page.getByRole('button', { name: 'Ready' }).waitFor();
  await page.getByTitle('Connected to the host').waitFor();
  await page
    .getByRole('button', { name: /^Open folder/ })
    .first()
    .waitFor();
}

async function startInBrowser(args: readonly string[], isStudio: boolean, home: string): Promise<Milestones> {
  const { chromium } = await import('@playwright/test');
  const executablePath = process.env.CHROMIUM_PATH;
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_FLAGS });
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const began = performance.now();
  const server = spawn(process.execPath, args, {
    env: { ...environment, MCP_STUDIO_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(server, 'exit');
  try {
    const [line] = await Promise.race([
      once(server.stdout, 'data'),
      exited.then(([code]) => Promise.reject(new Error(`The server ended with ${code} before it had a link.`))),
    ]);
    const link = performance.now() - began;
    const page = await browser.newPage();
    await page.goto(String(line).trim());
    await untilUsable(page, isStudio);
    return { 'browser, until the link': link, 'browser, until usable': performance.now() - began };
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await exited;
  }
}

async function startInElectron(folder: string, isStudio: boolean, home: string): Promise<Milestones> {
  const { _electron } = await import('@playwright/test');
  const began = performance.now();
  const application = await _electron.launch({
    args: [...CHROMIUM_FLAGS, '--log-level=3', folder],
    env: { ...(process.env as Record<string, string>), MCP_STUDIO_HOME: home },
  });
  const closed = application.waitForEvent('close');
  const page = await application.firstWindow();
  await untilUsable(page, isStudio);
  const usable = performance.now() - began;
  await page.close();
  await closed;
  return { 'window, until usable': usable };
}

async function runNode(args: readonly string[], what: string, home: string): Promise<Milestones> {
  const began = performance.now();
  const env = { ...process.env, MCP_STUDIO_HOME: home };
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'ignore' }), 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
  return { [what]: performance.now() - began };
}

/** All in turn, again and again. The first round is the first start, and does not count. */
async function compare([floor, studio]: readonly [Starter, Starter]): Promise<Row[]> {
  const reached: { floor: Milestones; studio: Milestones }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    reached.push({ floor: await floor.start(), studio: await studio.start() });
  }
  const counted = reached.slice(1);
  return Object.keys(counted[0]?.floor ?? {}).flatMap((what) => {
    const least = median(counted.map((round) => round.floor[what] ?? Number.NaN));
    const own = median(counted.map((round) => round.studio[what] ?? Number.NaN));
    return [
      { case: what, contender: floor.contender, value: least, unit: 'ms', ratio: 1 },
      { case: what, contender: studio.contender, value: own, unit: 'ms', ratio: least / own },
    ];
  });
}

const unmeasured = (what: string, why: string): Row => ({
  case: what,
  contender: 'studio',
  value: Number.NaN,
  unit: 'ms',
  note: `not measured: ${why}`,
});

function benchBrowser(home: string): Promise<Row[]> {
  const studio = [join(PROJECT, 'scripts/start.mjs'), '--browser'];
  return compare([
    { contender: 'bare server and page', start: () => startInBrowser(['-e', BARE_SERVER], false, home) },
    { contender: 'npm start -- --browser', start: () => startInBrowser(studio, true, home) },
  ]);
}

async function benchElectron(home: string): Promise<Row[]> {
  const bare = join(home, 'bare');
  return compare([
    { contender: 'bare window', start: () => startInElectron(bare, false, home) },
    { contender: 'studio', start: () => startInElectron(PROJECT, true, home) },
  ]);
}

async function benchCommandLine(home: string): Promise<Row[]> {
  const sample = join(EXAMPLE, 'samples/orders-service.py');
  const commands = { '--version': ['--version'], 'run on one sample': ['run', EXAMPLE, '--sample', sample] };
  const rows: Row[] = [];
  for (const [what, args] of Object.entries(commands)) {
    const of = `command line, ${what}`;
    rows.push(
      ...(await compare([
        { contender: 'node -e 0', start: () => runNode(['-e', '0'], of, home) },
        { contender: 'studio', start: () => runNode([COMMAND_LINE, ...args], of, home) },
      ])),
    );
  }
  return rows;
}

export async function run(): Promise<Row[]> {
  const home = await mkdtemp(join(tmpdir(), 'mcp-bench-'));
  const { BENCH_NO_CHROMIUM: noChromium, BENCH_NO_ELECTRON: noElectron } = process.env;
  try {
    await mkdir(join(home, 'bare'));
    await writeFile(join(home, 'bare', 'package.json'), '{"name":"bare","main":"main.js"}');
    await writeFile(join(home, 'bare', 'main.js'), BARE_WINDOW);
    return [
      ...(await benchCommandLine(home)),
      ...(noChromium ? [unmeasured('browser, until usable', noChromium)] : await benchBrowser(home)),
      ...(noElectron ? [unmeasured('window, until usable', noElectron)] : await benchElectron(home)),
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
