/**
 * One set-up at a time: two that install or build the same checkout at once take each other's files away. Whoever comes
 * second waits, and then looks again whether anything is left to do.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PROJECT } from './project.mjs';

const LOOK_MS = 200;

/** One of our own number went before us: in a container the same command has the same number again and again. */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @returns {Promise<boolean>} whether the turn is ours now. */
async function take(lock) {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid)).finally(() => file.close());
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns {Promise<number | undefined>} undefined where nobody holds it, or nobody has said so yet. */
async function holderOf(lock) {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

/** One of those who see that the holder is dead gets to move its lock away; the name is the dead one's alone. */
const clear = async (lock, holder) => {
  const dead = `${lock}.${holder}`;
  await rename(lock, dead).catch(() => {});
  // It was another's, who took it just now: it goes back.
  if ((await holderOf(dead)) !== holder) await rename(dead, lock).catch(() => {});
  else await rm(dead, { force: true });
};

/**
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} work
 */
export async function inSetUpTurn(say, work, root = PROJECT) {
  const lock = join(root, '.cache', 'set-up');
  await mkdir(join(root, '.cache'), { recursive: true });
  let isTold = false;
  while (!(await take(lock))) {
    const holder = await holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) {
      await clear(lock, holder);
      continue;
    }
    if (!isTold) say(`Waiting for another command that installs or builds here. If there is none, remove ${lock} …`);
    isTold = true;
    await setTimeout(LOOK_MS);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}
