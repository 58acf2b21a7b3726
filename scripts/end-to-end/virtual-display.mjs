/** A display of our own for Electron, on a free number, so that nothing appears on the person's screen. */
import { spawn } from 'node:child_process';

const NUMBER_FD = 3;

/** @returns {Promise<{ display: string, stop(): Promise<void> }>} @throws {Error} where Xvfb does not start. */
export async function startVirtualDisplay() {
  const args = ['-displayfd', String(NUMBER_FD), '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let errors = '';
  server.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const number = await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Xvfb cannot be started: ${error.message}`)));
    server.once('close', () => reject(new Error(`Xvfb ended at once: ${errors.trim()}`)));
    // It writes the number once it takes connections.
    server.stdio[NUMBER_FD].once('data', (text) => resolve(Number(String(text))));
  });
  return {
    display: `:${number}`,
    async stop() {
      server.kill();
      await ended;
    },
  };
}
