/** `npm run dev` in the desktop window: the page reloads its modules in place, a change of the host restarts it. */
import { inProject } from '../launch/project.mjs';
import { runInForeground } from '../launch/run-in-foreground.mjs';
import { electronArguments, machineFacts } from '../launch/runtime-sources.mjs';

export async function developInWindow(electron, folders) {
  const vite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const args = electronArguments(await machineFacts());
  return runInForeground(process.execPath, [vite, 'dev', '--watch', '--', ...args, ...folders], {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    ELECTRON_EXEC_PATH: electron.executable,
  });
}
