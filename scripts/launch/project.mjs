/** Where the project lies, whatever folder the command was called from. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inProject = (...names) => join(PROJECT, ...names);
