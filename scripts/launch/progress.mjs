/** Shows that something long is still going on, and for how long: in place on a terminal, else a line now and then. */

const TERMINAL_MS = 1000;
const LOG_MS = 15_000;

/** @returns {(outcome: string) => void} ends it, saying how. */
export function showProgress(what, stream = process.stderr, now = Date.now) {
  const started = now();
  const seconds = () => Math.round((now() - started) / 1000);
  const isTerminal = stream.isTTY === true;
  const show = () => stream.write(isTerminal ? `\r${what} … ${seconds()} s` : `${what} … ${seconds()} s\n`);
  show();
  const timer = setInterval(show, isTerminal ? TERMINAL_MS : LOG_MS);
  return (outcome) => {
    clearInterval(timer);
    stream.write(`${isTerminal ? '\r' : ''}${what}: ${outcome} (${seconds()} s).\n`);
  };
}
