/** Says in a sentence that Node is too old. This file itself must run on any Node that knows ES modules. */

const OLDEST = [20, 19];

/** @returns {string | undefined} what is wrong, or undefined where the version will do. */
export function refusalOfNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return (
    `The studio needs Node ${OLDEST.join('.')} or newer, and this is Node ${version.replace(/^v/, '')}. ` +
    'Install a newer one (nodejs.org, or your version switch: `nvm install 22`), then run the same command again.'
  );
}

/** Ends the process where Node is too old. Every script calls this before it loads anything else. */
export function requireNode() {
  const refusal = refusalOfNode(process.version);
  if (refusal === undefined) return;
  console.error(refusal);
  process.exit(1);
}
