import { expect, test } from 'vitest';
import { quietWhenLetGo } from './quiet-worker';

/** The part of a worker that is looked at here. */
class ScriptedWorker extends EventTarget {
  ended = 0;
  terminate() {
    this.ended += 1;
  }
}

test('what a worker says is heard until it is let go', () => {
  const scripted = new ScriptedWorker();
  const worker = quietWhenLetGo(scripted as unknown as Worker);
  const heard: string[] = [];
  worker.addEventListener('error', () => heard.push('error'));
  worker.dispatchEvent(new Event('error'));
  worker.terminate();
  worker.dispatchEvent(new Event('error'));
  expect([heard, scripted.ended]).toEqual([['error'], 1]);
});
