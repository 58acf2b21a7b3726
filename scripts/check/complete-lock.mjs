/**
 * `node scripts/check/complete-lock.mjs`: enters into package-lock.json the packages for other platforms that a
 * registry did not offer when it was written. `npm ci` refuses a lock file without them, on every platform; with them
 * it installs, on each, the ones that are for it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inProject } from '../launch/project.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Such packages say in their names what they are for: `@swc/core-linux-arm64-musl`, `@esbuild/win32-x64`. */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : [];
  if (os.length === 0 && cpu.length === 0) return undefined;
  return Object.fromEntries(Object.entries({ cpu, libc, os }).filter(([, values]) => values.length > 0));
}

/** Where a package that is required from `path` may lie: beside it, or beside any package that holds it. */
function* placesOf(name, path) {
  for (let holder = path; ; holder = holder.slice(0, Math.max(0, holder.lastIndexOf('/node_modules/')))) {
    yield holder === '' ? `node_modules/${name}` : `${holder}/node_modules/${name}`;
    if (holder === '') return;
    if (!holder.includes('/node_modules/')) holder = '';
  }
}

/** @returns {{ name: string, version: string, dev: boolean }[]} what the lock file speaks of and does not hold. */
export function missingPackages({ packages }) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const isThere = [...placesOf(name, path)].some((place) => place in packages);
      if (!isThere) missing.set(name, { name, version, dev: dev === true });
    }
  }
  return [...missing.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @throws {Error} for a package that is not for a platform, or whose version is a range: npm must enter those. */
export function completeLock(lock) {
  const added = missingPackages(lock).map(({ name, version, dev }) => {
    const platform = platformOf(name);
    if (platform === undefined || !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
      throw new Error(`${name}@${version} cannot be entered into package-lock.json without the registry.`);
    return [`node_modules/${name}`, { version, ...platform, ...(dev && { dev }), optional: true }];
  });
  const { '': root, ...packages } = { ...lock.packages, ...Object.fromEntries(added) };
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  return { ...lock, packages: { '': root, ...Object.fromEntries(sorted) } };
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const file = inProject('package-lock.json');
  const lock = JSON.parse(await readFile(file, 'utf8'));
  console.log(`Entering ${missingPackages(lock).length} packages of other platforms.`);
  await writeFile(file, `${JSON.stringify(completeLock(lock), undefined, 2)}\n`);
}
