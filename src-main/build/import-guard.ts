/**
 * Decides what a plugin may import: its own files and `mcp-plugin-sdk`. A built-in of Node is refused with what the
 * sandbox has in its place and the permission which that needs, anything outside the folder with what to do instead.
 */
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';

export const SDK = 'mcp-plugin-sdk';
const builtins = new Set(builtinModules);

/** @param name As it is imported. */
export const isBuiltin = (name: string) => name.startsWith('node:') || builtins.has(name);

const NEVER = 'It is never granted in the sandbox (process_execution): a plugin starts no programs and no threads.';

const needing = (what: string, permission: string) =>
  `Use ${what}, which needs the permission ${permission}: "${permission}": true under "capabilities" in plugin.json, and a grant of the person.`;

/** By the module's name, and what lies below it. */
const CAPABLE: readonly [RegExp, string][] = [
  [/^fs\b/, needing('context.files', 'file_system_access')],
  [
    /^(http|https|http2|net|tls|dgram|dns)\b/,
    needing('context.network (fetch, connect, sendDatagram)', 'network_access'),
  ],
  [/^sqlite\b/, needing('context.db, which is SQLite', 'database_access')],
  [/^(child_process|worker_threads|cluster|process)\b/, NEVER],
];

const INSTEAD_OF = new Map([
  ['os', 'A plugin does not see the machine it runs on; what it must know of it belongs in its configuration.'],
  ['path', 'Join the parts of a path with "/", as context.files takes it.'],
  ['crypto', 'Use crypto.getRandomValues and crypto.randomUUID, which are globals in the sandbox.'],
  ['url', 'Use URL and URLSearchParams, which are globals in the sandbox.'],
  ['buffer', 'Use Uint8Array, TextEncoder, TextDecoder, atob and btoa.'],
  ['util', 'Use TextEncoder and TextDecoder, which are globals in the sandbox.'],
  ['timers', 'Use setTimeout and setInterval, which are globals in the sandbox.'],
  ['events', 'Use this.eventBus of the plugin.'],
]);

/** What an import was refused for, as the message's `detail`. */
export interface RefusedImport {
  readonly code: string;
}

const refuse = (code: string, text: string): OnResolveResult => ({
  errors: [{ text, detail: { code } satisfies RefusedImport }],
});

function refuseBuiltin(name: string): OnResolveResult {
  const instead =
    CAPABLE.find(([pattern]) => pattern.test(name))?.[1] ??
    INSTEAD_OF.get(name) ??
    'Write it in plain JavaScript, or copy a library without Node into the folder.';
  return refuse(
    'build/forbidden-import',
    `"${name}" is a built-in of Node, which the sandbox does not have. ${instead}`,
  );
}

const isInside = (folder: string, file: string) => {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
};

async function resolveOwn(build: PluginBuild, folder: string, args: OnResolveArgs): Promise<OnResolveResult> {
  const { path, importer, resolveDir, kind } = args;
  const found = await build.resolve(path, { importer, resolveDir, kind, namespace: 'file', pluginData: guarded });
  if (found.errors.length > 0 || found.external) {
    return refuse(
      'build/not-found',
      path.startsWith('.')
        ? `"${path}" is not there. Check the path and the spelling.`
        : `"${path}" is neither ${SDK} nor in the plugin folder. Copy its source into the folder and import that.`,
    );
  }
  if (isInside(folder, found.path)) return { path: found.path, sideEffects: found.sideEffects };
  return refuse('build/outside', `"${path}" leads out of the plugin folder. Copy what you need into the folder.`);
}

/** Marks the guard's own questions to esbuild, so that it does not answer them itself. */
const guarded = Symbol('guarded');

/** Asked about every import, which makes for slow builds. */
export function createImportGuard(folder: string, sdkFile: string): Plugin {
  return {
    name: 'import-guard',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.pluginData === guarded) return undefined;
        if (args.path === SDK) return { path: SDK, namespace: 'sdk', sideEffects: false };
        if (isBuiltin(args.path)) return refuseBuiltin(args.path.replace(/^node:/, ''));
        return resolveOwn(build, folder, args);
      });
      build.onLoad({ filter: /.*/, namespace: 'sdk' }, async () => ({
        contents: await readFile(sdkFile),
        loader: 'js',
      }));
    },
  };
}
