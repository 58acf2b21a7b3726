/** The command line's door. Results go to the standard output, everything else to the standard error. */
import { CommanderError } from 'commander';
import { listenForUnexpected } from '../services/unexpected-errors';
import { EXIT, exitCodeOf } from './commands/exit-codes';
import { sayError } from './commands/failure-lines';
import { createProgram } from './commands/program';
import { listenForStop } from './commands/stop-signals';
import { createTerminal } from './commands/terminal';

async function main(): Promise<number> {
  const stop = new AbortController();
  const terminal = createTerminal(process, stop);
  const signals = listenForStop(process, stop);
  // A command that ends with its results cannot vouch for them any more, whichever it was.
  const unexpected = listenForUnexpected(process, ({ error }) => {
    sayError(error, terminal);
    process.exit(exitCodeOf(error));
  });
  let exitCode: number | undefined;
  const program = createProgram(__dirname, terminal, unexpected, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (!stop.signal.aborted) {
      sayError(error, terminal);
      exitCode = exitCodeOf(error);
    }
  }
  await terminal.flush();
  // A command that was stopped leaves it to whoever stopped it; a reader that had enough of the results is no failure.
  return exitCode ?? signals.exitCode ?? EXIT.done;
}

// Whatever a plugin or a library left open must not keep the command from ending.
void main().then((exitCode) => process.exit(exitCode));
