/**
 * What holds a plugin's process in besides its Compartment: Node's permission flags, where the runtime has them. They
 * deny files, child processes, addons and the inspector. Electron run as Node refuses to start with them.
 */
const PERMISSION_FLAGS = ['--permission', '--experimental-permission'] as const;

export interface Isolation {
  /** Such as "ses + permissions". */
  readonly name: string;
  /** Flags of the process; it may read the runner's file and start its watchdog, nothing else. */
  readonly flags: readonly string[];
}

/** @param execPath What runs the runner; flags are known only for the runtime that this process runs on itself. */
export function isolationOf(runnerFile: string, execPath: string): Isolation {
  const own = execPath === process.execPath && process.versions.electron === undefined;
  const flag = PERMISSION_FLAGS.find((name) => own && process.allowedNodeEnvironmentFlags.has(name));
  if (flag === undefined) return { name: 'ses only', flags: [] };
  return {
    name: 'ses + permissions',
    flags: [flag, `--allow-fs-read=${runnerFile}`, '--allow-worker', '--no-warnings'],
  };
}
