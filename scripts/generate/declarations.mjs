/**
 * One self-contained declaration file of `mcp-plugin-sdk` for editors: data types printed from the schemas, classes as
 * the compiler declares them. It needs no other file and no schema library, so Monaco loads it as it is.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { printTypes } from './print-types.mjs';

const run = promisify(execFile);

/** Emits the SDK's own .d.ts files into a temporary folder and hands their texts over. */
async function declareClasses(root) {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-sdk-types-'));
  try {
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: {
          noEmit: false,
          declaration: true,
          emitDeclarationOnly: true,
          stripInternal: true,
          rootDir: join(root, 'src-shared'),
          outDir: folder,
        },
        files: [join(root, 'src-shared/sdk/index.ts'), join(root, 'src-shared/sdk/testing/index.ts')],
      }),
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [compiler, '-p', join(folder, 'tsconfig.json')]);
    return { read: (file) => readFile(join(folder, file), 'utf8'), dispose: () => rm(folder, { recursive: true }) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error.stdout ? new Error(`The SDK's types cannot be emitted:\n${error.stdout}`, { cause: error }) : error;
  }
}

/** Leaves out what ties a file to its neighbours: in one file everything is at hand. */
const standalone = (text) =>
  text
    .replace(/^import\b[^;]*;\n/gm, '')
    .replace(/^export \{\};\n/gm, '')
    .replace(/\n?\/\/# sourceMappingURL=.*$/m, '')
    .trim();

/** The files that an index hands on whole, in its order. */
async function filesOf(root, folder) {
  const text = await readFile(join(root, 'src-shared', folder, 'index.ts'), 'utf8');
  const header = /^\/\*\*[\s\S]*?\*\/\n/.exec(text)?.[0].trim() ?? '';
  return { header, files: [...text.matchAll(/^export \* from '(.*)';$/gm)].map(([, path]) => join(folder, path)) };
}

/** What the declarations of the testing module take from those of the SDK. */
function importsFromSdk(texts) {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '\.\.\/[^']*';$/gm)].flatMap(([, list]) => list.split(',')),
  );
  const sorted = [...new Set(names.map((name) => name.replace(/^\s*type /, '').trim()))]
    .filter((name) => name !== '')
    .sort();
  return `import type { ${sorted.join(', ')} } from 'mcp-plugin-sdk';`;
}

/** @returns The texts of index.d.ts and testing.d.ts. */
export async function printDeclarations(root, schemas) {
  const sdk = await filesOf(root, 'sdk');
  const testing = await filesOf(root, 'sdk/testing');
  const typeList = await readFile(join(root, 'src-shared/sdk/types.ts'), 'utf8');
  const wanted = [...typeList.matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);
  const globals = await readFile(join(root, 'src-shared/sdk/globals.d.ts'), 'utf8');

  const emitted = await declareClasses(root);
  try {
    const read = (files) => Promise.all(files.map((file) => emitted.read(`${file}.d.ts`)));
    const classes = (await read(sdk.files)).map(standalone);
    const tests = await read(testing.files);
    const join = (parts) => `${parts.join('\n\n')}\n`;
    return {
      index: join([sdk.header, printTypes(schemas, wanted), ...classes, standalone(globals)]),
      testing: join([testing.header, importsFromSdk(tests), ...tests.map(standalone)]),
    };
  } finally {
    await emitted.dispose();
  }
}
