/**
 * `npm run dev` in the browser: vite serves the window and passes to the host what is the host's. A change of the
 * window appears in place; a change of the host restarts it, which ends the browser's session, so a fresh link is
 * printed then.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer as createTcpServer } from 'node:net';
import { resolveConfig } from 'electron-vite';
import { build, createServer } from 'vite';
import { inProject } from '../launch/project.mjs';

const ADDRESS = '127.0.0.1';

async function freePort() {
  const server = createTcpServer().listen(0, ADDRESS);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {{ port?: number, folders: readonly string[] }} options Runs until the terminal's Ctrl+C. */
export async function developInBrowser({ port, folders }) {
  // What is built from now on is not what `npm start` wants.
  await rm(inProject('out', '.built'), { force: true });
  const hostPort = await freePort();
  const { config } = await resolveConfig({ logLevel: 'warn' }, 'build', 'development');
  const window = await serveWindow(config.renderer, port, hostPort);
  const windowPort = window.config.server.port;
  const host = createHostRunner(hostPort, windowPort, folders);
  const watcher = await build({ ...config.main, configFile: false, build: { ...config.main.build, watch: {} } });
  watcher.on('event', ({ code, error }) => {
    if (code === 'END') void host.restart();
    if (code === 'ERROR') console.error(error.message);
  });
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await watcher.close();
  await host.stop();
  await window.close();
  return 0;
}

async function serveWindow(renderer, port, hostPort) {
  const target = `http://${ADDRESS}:${hostPort}`;
  // The host answers only who calls it by its own name and comes from its own page.
  const asOwn = { target, changeOrigin: true };
  const server = await createServer({
    ...renderer,
    configFile: false,
    server: {
      ...renderer.server,
      host: ADDRESS,
      port: port ?? (await freePort()),
      strictPort: true,
      proxy: { '^/\\?token=': asOwn, '/socket': { ...asOwn, ws: true, rewriteWsOrigin: true } },
    },
  });
  await server.listen();
  return server;
}

function createHostRunner(hostPort, windowPort, folders) {
  let child;
  let last = Promise.resolve();

  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };

  const start = () => {
    child = spawn(
      process.execPath,
      ['--enable-source-maps', inProject('out', 'main', 'cli.js'), 'serve', '--port', String(hostPort), ...folders],
      { stdio: ['inherit', 'pipe', 'inherit'] },
    );
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text.replaceAll(`:${hostPort}/`, `:${windowPort}/`));
    });
  };

  return {
    /** One after the other: a quick second change waits until the first start has been made. */
    restart() {
      last = last.then(stop).then(start);
      return last;
    },
    stop: () => last.then(stop),
  };
}
