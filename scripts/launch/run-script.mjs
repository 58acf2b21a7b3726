/** Runs a script's work: its answer is the exit code, and what it throws is a sentence for the person. */
export async function runScript(work) {
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
