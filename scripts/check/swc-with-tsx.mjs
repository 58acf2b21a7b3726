/**
 * dependency-cruiser has its parser read every file as plain TypeScript, which ends it at the first element of a .tsx
 * file. This lets the parser know which files those are. Import it before dependency-cruiser.
 */
import { createRequire } from 'node:module';

const swc = createRequire(import.meta.url)('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });
