/** Where the launcher keeps what it fetched: the operating system's place for things that may be fetched again. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export function cacheFolder(environment = process.env, home = homedir(), platform = process.platform) {
  const xdg = environment.XDG_CACHE_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, 'mcp-plugin-studio');
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'mcp-plugin-studio');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'mcp-plugin-studio');
  return join(home, '.cache', 'mcp-plugin-studio');
}
