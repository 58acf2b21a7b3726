/** Runs a script's work: its answer is the exit code, and what it throws is a sentence for the person. */

const MISUSED = 2;

/** The command was called in a way that it cannot be: its exit code is 2, any other failure's is 1. */
export class UsageError extends Error {}

export async function runScript(work) {
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? MISUSED : 1;
  }
}
