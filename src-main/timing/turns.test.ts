import { expect, it } from 'vitest';
import { createTurns } from './turns';

function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it('work of one name runs in the order of asking, and work of another goes on beside it', async () => {
  const turns = createTurns();
  const said: string[] = [];
  const gate = createGate();
  const first = turns.run(['a'], async () => {
    await gate.opened;
    said.push('first');
  });
  const second = turns.run(['a'], async () => void said.push('second'));
  await turns.run(['b'], async () => void said.push('other'));
  gate.open();
  await Promise.all([first, second]);
  expect(said).toEqual(['other', 'first', 'second']);
});

it('work of several names waits for all of them, in whatever order they are named', async () => {
  const turns = createTurns();
  const said: string[] = [];
  const gate = createGate();
  const all = [
    turns.run(['a'], () => gate.opened),
    turns.run(['b', 'a'], async () => void said.push('both')),
    turns.run(['a', 'b'], async () => void said.push('both again')),
    turns.run(['b'], async () => void said.push('after')),
  ];
  gate.open();
  await Promise.all(all);
  expect(said).toEqual(['both', 'both again', 'after']);
});

it('what fails is told to who asked, and to nobody after', async () => {
  const turns = createTurns();
  const failing = turns.run(['a'], () => Promise.reject(new Error('no luck')));
  const next = turns.run(['a'], async () => 'well');
  await expect(failing).rejects.toThrow('no luck');
  expect(await next).toBe('well');
});

it('is idle when all that was asked for has ended, however it ended', async () => {
  const turns = createTurns();
  const gate = createGate();
  let ended = 0;
  const work = async () => {
    await gate.opened;
    ended += 1;
    throw new Error('no luck');
  };
  const all = [turns.run(['a'], work), turns.run(['a', 'b'], work), turns.run(['c'], work)];
  const outcomes = Promise.allSettled(all);
  const idle = turns.idle();
  gate.open();
  await idle;
  expect(ended).toBe(3);
  await outcomes;
});

it('work of names that overlap waits, and work of others goes on beside it', async () => {
  const turns = createTurns((one, other) => one.startsWith(other) || other.startsWith(one));
  const said: string[] = [];
  const gate = createGate();
  const all = [
    turns.run(['ab'], () => gate.opened),
    turns.run(['a'], async () => void said.push('above')),
    turns.run(['ac'], async () => void said.push('below')),
  ];
  await turns.run(['b'], async () => void said.push('beside'));
  gate.open();
  await Promise.all(all);
  expect(said).toEqual(['beside', 'above', 'below']);
});
