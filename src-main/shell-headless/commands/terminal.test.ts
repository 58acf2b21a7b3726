import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createTerminal } from './terminal';

const failingWith = (code: string) =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: no more`), { code })),
  });

function terminalOn(stdout: Writable) {
  const stop = new AbortController();
  const host = { stdin: Readable.from([]), stdout, stderr: failingWith('EPIPE'), env: {}, cwd: () => '/' };
  return { terminal: createTerminal(host as unknown as NodeJS.Process, stop), stop };
}

test('a full disk under the standard output is told in a sentence', async () => {
  const { terminal, stop } = terminalOn(failingWith('ENOSPC'));
  await expect(terminal.write('results\n')).rejects.toMatchObject({
    code: 'cli/cannot-write',
    message: expect.stringContaining('ENOSPC: no more. Make room for them'),
  });
  expect(stop.signal.aborted).toBe(false);
});

test('a reader that has had enough ends the command quietly', async () => {
  const { terminal, stop } = terminalOn(failingWith('EPIPE'));
  await terminal.write('results\n');
  await terminal.write('more\n');
  await terminal.flush();
  expect(stop.signal.aborted).toBe(true);
});
