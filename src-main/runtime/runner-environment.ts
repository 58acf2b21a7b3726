/** The environment of a plugin's process: what it needs to run at all, and nothing that says anything about the person. */
const ALLOWED = ['SystemRoot', 'WINDIR', 'TZ', 'LANG', 'LC_ALL'];

export function runnerEnvironment(): NodeJS.ProcessEnv {
  const allowed = ALLOWED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(allowed), ELECTRON_RUN_AS_NODE: '1' };
}
