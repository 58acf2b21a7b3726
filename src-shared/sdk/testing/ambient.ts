/**
 * The globals that a test can take into its hands. The build of a test file makes every free `setTimeout`, `Date`,
 * `fetch` and so on of the plugin and its tests one of these; until a test says otherwise they are the sandbox's own.
 */
import { SecurityError } from '../errors';
import type { PluginNetwork } from '../network';

/** A callback of a timer. */
type Callback = (...args: never[]) => void;

/** What `Date` and the timers go by. */
export interface TimeSource {
  now(): number;
  setTimeout(callback: Callback, delay?: number, ...args: unknown[]): number;
  setInterval(callback: Callback, delay?: number, ...args: unknown[]): number;
  clear(timer: unknown): void;
}

interface SandboxGlobals {
  readonly Date: DateConstructor;
  setTimeout: TimeSource['setTimeout'];
  setInterval: TimeSource['setInterval'];
  clearTimeout(timer: unknown): void;
  clearInterval(timer: unknown): void;
}

const sandbox = globalThis as unknown as SandboxGlobals;
const SandboxDate = sandbox.Date;

/** Real time, whatever a test has done to the clock. */
export const realTime: TimeSource = {
  now: () => SandboxDate.now(),
  setTimeout: (...args) => sandbox.setTimeout(...args),
  setInterval: (...args) => sandbox.setInterval(...args),
  clear(timer) {
    sandbox.clearTimeout(timer);
    sandbox.clearInterval(timer);
  },
};

type Fetch = PluginNetwork['fetch'];

const noNetwork: Fetch = async () => {
  throw new SecurityError(
    'A test reaches no network: say what a request is answered with in createTestContext({ network: … }).',
  );
};

let time = realTime;
let ambientFetch = noNetwork;

export const goBy = (source: TimeSource): void => {
  time = source;
};

export const fetchFrom = (next: Fetch): void => {
  ambientFetch = next;
};

/** What a test has changed is as it was. */
export function resetAmbient(): void {
  time = realTime;
  ambientFetch = noNetwork;
}

export const setTimeout: TimeSource['setTimeout'] = (...args) => time.setTimeout(...args);
export const setInterval: TimeSource['setInterval'] = (...args) => time.setInterval(...args);
export const clearTimeout = (timer: unknown): void => time.clear(timer);
export const clearInterval = (timer: unknown): void => time.clear(timer);
export const fetch: Fetch = (url, options) => ambientFetch(url, options);

function ClockDate(...args: unknown[]): unknown {
  const given = args.length === 0 ? [time.now()] : args;
  if (new.target === undefined) return new SandboxDate(time.now()).toString();
  return Reflect.construct(SandboxDate, given, new.target === ClockDate ? SandboxDate : new.target);
}
ClockDate.prototype = SandboxDate.prototype;
ClockDate.now = (): number => time.now();
ClockDate.parse = SandboxDate.parse;
ClockDate.UTC = SandboxDate.UTC;

export { ClockDate as Date };
