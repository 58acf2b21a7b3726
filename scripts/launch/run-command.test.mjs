import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** A launcher that waits for a program with a deadline; the program calls here, and hangs up when it ends. */
async function startLauncher() {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const module = join(import.meta.dirname, 'run-command.mjs');
  const program = `require('node:net').connect(${server.address().port}, '127.0.0.1').on('end', () => process.exit())`;
  const code = `
    import { runCommand } from ${JSON.stringify(module)};
    await runCommand(process.execPath, ['-e', ${JSON.stringify(program)}], { timeoutMs: 600_000, onOutput: () => {} });`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
  const [line] = await once(server, 'connection');
  onTestFinished(() => void line.destroy());
  // One that was killed does not say goodbye on every system.
  line.on('error', () => {});
  return { launcher, hungUp: once(line.resume(), 'close') };
}

test.each(['SIGINT', 'SIGTERM'])('a launcher that gets %s takes what it waits for along', async (signal) => {
  const { launcher, hungUp } = await startLauncher();
  const exited = once(launcher, 'exit');
  launcher.kill(signal);
  expect(await exited).toEqual([null, signal]);
  await hungUp;
});
