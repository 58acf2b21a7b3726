/**
 * Makes what the build derives from the contract and the SDK: resources/schemas (JSON Schema), resources/sdk (the
 * SDK's bundle and its type declarations) and the runner of plugin processes. A file is written only where it changed.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleSdk, bundleTesting } from './generate/bundles.mjs';
import { printDeclarations } from './generate/declarations.mjs';
import { printJsonSchemas } from './generate/json-schemas.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

async function writeIfChanged(file, text) {
  const current = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (current === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** The schemas are TypeScript; a bundle of them is what this script can import. */
async function loadSchemas(root) {
  const outfile = join(root, `out/generate/schemas-${process.pid}.mjs`);
  await build({
    entryPoints: [join(root, 'src-shared/schemas/index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile);
  }
}

/** @param resources Where sdk/ and schemas/ go. */
export async function generate(root = repository, resources = join(root, 'resources')) {
  const schemas = await loadSchemas(root);
  await Promise.all([
    bundleSdk(root, join(resources, 'sdk/mcp-plugin-sdk.mjs')),
    bundleTesting(root, join(resources, 'sdk/mcp-plugin-sdk-testing.mjs')),
    printDeclarations(root, schemas).then(({ index, testing }) =>
      Promise.all([
        writeIfChanged(join(resources, 'sdk/types/index.d.ts'), index),
        writeIfChanged(join(resources, 'sdk/types/testing.d.ts'), testing),
      ]),
    ),
    ...printJsonSchemas(schemas).map(({ file, text }) => writeIfChanged(join(resources, 'schemas', file), text)),
  ]);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await generate();
