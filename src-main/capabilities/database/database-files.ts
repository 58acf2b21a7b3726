/**
 * Which files SQLite finds in its thread. It locks a database by a folder beside it, whatever it wants to do, before it
 * asks whether somebody else has reserved the database; its own folder, taken for that of somebody else, would keep it
 * from ever taking back what was half written, and the database would stay broken. And it takes names of files out of
 * files that a plugin can write: the other journals of a transaction over several databases, which it may delete. So
 * only the files of the one database are there for it.
 */
import fs from 'node:fs';
import { dirname } from 'node:path';

const BESIDE = ['', '-journal', '-wal', '-shm'];

const system = { accessSync: fs.accessSync, openSync: fs.openSync, unlinkSync: fs.unlinkSync };

const notThere = (path: fs.PathLike) => Object.assign(new Error(`${path} is not of this database`), { code: 'ENOENT' });

/** For this thread, until it is called again; the module that brings SQLite must be loaded before. */
export function confineFilesTo(database: string): void {
  const own = new Set(BESIDE.map((ending) => database + ending));
  const refuseOther = (path: fs.PathLike) => {
    if (!own.has(String(path))) throw notThere(path);
  };
  Object.assign(fs, {
    accessSync(path: fs.PathLike, mode?: number) {
      refuseOther(path);
      system.accessSync(path, mode);
    },
    openSync(path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode) {
      // The folder is opened to have it on the disk that a journal is gone.
      if (path !== dirname(database) || flags !== 'r') refuseOther(path);
      return system.openSync(path, flags, mode);
    },
    unlinkSync(path: fs.PathLike) {
      refuseOther(path);
      system.unlinkSync(path);
    },
  });
}
