/**
 * Turns Ctrl+C and the system's request to stop into an abort: the command ends what it has started, then exits. A
 * second request, or a command that does not come to its end, exits at once; plugins end with their host.
 */
export interface StopSignals {
  /** What the exit code must be because of a signal. */
  readonly exitCode: number | undefined;
  ignore(): void;
}

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const PATIENCE_MS = 5_000;

export function listenForStop(host: NodeJS.Process, stop: AbortController): StopSignals {
  let exitCode: number | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    const code = EXIT_CODES[name as keyof typeof EXIT_CODES];
    if (exitCode !== undefined) host.exit(code);
    exitCode = code;
    stop.abort();
    setTimeout(() => host.exit(code), PATIENCE_MS).unref();
  };
  const names = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  for (const name of names) host.on(name, onSignal);
  return {
    get exitCode() {
      return exitCode;
    },
    ignore() {
      for (const name of names) host.off(name, onSignal);
    },
  };
}
