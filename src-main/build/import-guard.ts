/**
 * Decides what a plugin may import: its own files and `mcp-plugin-sdk`. A built-in of Node is refused with the
 * capability that stands for it, anything outside the folder with what to do instead.
 */
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';

export const SDK = 'mcp-plugin-sdk';
const builtins = new Set(builtinModules);

/** @param name As it is imported. */
export const isBuiltin = (name: string) => name.startsWith('node:') || builtins.has(name);

const CAPABILITY_OF = new Map<string, string>([
  ...['fs', 'fs/promises', 'path/fs', 'os'].map((name) => [name, 'file_system_access'] as const),
  ...['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises'].map(
    (name) => [name, 'network_access'] as const,
  ),
  ...['child_process', 'worker_threads', 'cluster', 'process'].map((name) => [name, 'process_execution'] as const),
  ['sqlite', 'database_access'],
]);

/** What a plugin does instead of importing what stands for a capability. */
const WITH_CAPABILITY: Readonly<Record<string, string>> = {
  file_system_access: 'Use this.files of the plugin',
  network_access: 'Use fetch, or this.network of the plugin',
  database_access: 'Use this.db of the plugin',
};

const INSTEAD_OF = new Map([
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
  const capability = CAPABILITY_OF.get(name);
  const instead =
    capability === undefined
      ? (INSTEAD_OF.get(name) ?? 'Write it in plain JavaScript, or copy a library without Node into the folder.')
      : insteadOf(capability);
  return refuse(
    'build/forbidden-import',
    `"${name}" is a built-in of Node, which the sandbox does not have. ${instead}`,
  );
}

function insteadOf(capability: string): string {
  const use = WITH_CAPABILITY[capability];
  return use === undefined
    ? `What it does needs ${capability}, which is never granted in the sandbox: do without it.`
    : `${use}, which needs the capability ${capability} (a flag under "capabilities" in plugin.json).`;
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
