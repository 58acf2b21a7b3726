/**
 * Where studios leave word for each other of what they have open: a place of the user's that does not depend on the
 * data folder, since two studios may have one each. What somebody else made or may write to is not used: a claim there
 * could be anybody's.
 */
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export interface ClaimsPlaceOptions {
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's number; undefined where users have none, as on Windows, whose temporary folder is the user's own. */
  readonly user?: number | undefined;
  readonly temporaryFolder?: string;
}

const NAME = 'mcp-plugin-studio';
const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** A folder there that is the user's alone, made where it is missing; undefined where it cannot be had. */
function ownFolder(path: string, user: number | undefined): string | undefined {
  try {
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
    const found = lstatSync(path);
    const isOwn = user === undefined || (found.uid === user && (found.mode & OTHERS) === 0);
    return found.isDirectory() && isOwn ? path : undefined;
  } catch {
    return undefined;
  }
}

/** XDG_RUNTIME_DIR, else the temporary folder, else the data folder, in which only its own studios find each other. */
export function claimsPlace(options: ClaimsPlaceOptions): string {
  const { dataFolder, environment, temporaryFolder = tmpdir() } = options;
  const user = 'user' in options ? options.user : process.getuid?.();
  const runtime = environment.XDG_RUNTIME_DIR;
  const inRuntime =
    runtime !== undefined && isAbsolute(runtime) && ownFolder(runtime, user) !== undefined
      ? ownFolder(join(runtime, NAME), user)
      : undefined;
  const temporary = join(temporaryFolder, user === undefined ? NAME : `${NAME}-${user}`);
  return inRuntime ?? ownFolder(temporary, user) ?? dataFolder;
}
