/**
 * What a plugin may look for and must not have. Using one is an error that names the capability and its flag in the
 * manifest, where without it the plugin would only hear "undefined is not a function". `typeof` and the usual checks
 * for an environment stay quiet, so that libraries which merely look around work.
 */

import { REFUSED_BUFFER } from '@shared/contracts/refused-buffer';

/** A call that needs a capability. Named as the SDK's class, by which the plugin can catch it. */
class RefusedError extends Error {
  override readonly name = 'SecurityError';
}

type Capability = 'network_access' | 'file_system_access' | 'process_execution' | 'database_access';

/** What to use instead, where there is something. */
const MEANS: Readonly<Record<Capability, string>> = {
  network_access: 'Use context.network (fetch, connect, sendDatagram)',
  file_system_access: 'Use context.files',
  database_access: 'Use context.db, which is SQLite',
  process_execution: 'It is never granted in the sandbox: a plugin starts no programs and no threads',
};

const refusal = (what: string, capability: Capability) =>
  new RefusedError(
    capability === 'process_execution'
      ? `${what} needs the capability ${capability}. ${MEANS[capability]}.`
      : `${what} is not in the sandbox. ${MEANS[capability]}: it needs the capability ${capability}, that is ` +
          `"${capability}": true under "capabilities" in plugin.json, and a grant of the person.`,
  );

const instead = (what: string, hint: string) => new RefusedError(`${what} is not in the sandbox. ${hint}`);

/** Throws when it is called or constructed. */
function refusedFunction(name: string, error: () => Error): unknown {
  const refused = function refused() {
    throw error();
  };
  Object.defineProperty(refused, 'name', { value: name });
  return refused;
}

/** What libraries read to find out where they are, with the answer "not in Node". */
const LOOKED_AT = new Set<PropertyKey>(['versions', 'version', 'browser', 'type', 'release', 'title', 'argv', 'then']);

const readProcess = (_target: object, field: PropertyKey): unknown => {
  if (field === 'env') return Object.freeze({});
  if (typeof field === 'symbol' || LOOKED_AT.has(field)) return undefined;
  throw refusal(`process.${String(field)}`, 'process_execution');
};

const refuseProcess = () => {
  throw refusal('process', 'process_execution');
};

const MODULES: readonly [RegExp, Capability][] = [
  [/^(fs|os|path\/|module)/, 'file_system_access'],
  [/^(http|https|http2|net|tls|dgram|dns)\b/, 'network_access'],
  [/^(child_process|worker_threads|cluster|process|vm|v8|inspector|async_hooks)\b/, 'process_execution'],
  [/sqlite|^(pg|mysql|redis|mongodb)/, 'database_access'],
];

const refuseModule = (specifier: unknown) => {
  const name = String(specifier).replace(/^node:/, '');
  const capability = MODULES.find(([pattern]) => pattern.test(name))?.[1];
  if (capability !== undefined) return refusal(`require(${JSON.stringify(name)})`, capability);
  return instead(`require(${JSON.stringify(name)})`, 'Import a file of the plugin folder at the top of the module.');
};

/** Takes the place of CommonJS's require. */
export const refuseRequire = (specifier: unknown): never => {
  throw refuseModule(specifier);
};

const NO_NODE = 'Use Uint8Array, TextEncoder, TextDecoder, atob and btoa.';
const NO_PLACE = 'Use context.working_directory, and context.files for what lies in it.';

/** Refuses whatever is read of it, but what everything is asked for. */
const refuseAll = (error: (field: string) => Error): unknown =>
  new Proxy(Object.freeze(Object.create(null)), {
    get(_target, field) {
      const name = String(field);
      if (typeof field === 'symbol' ? field !== Symbol.toPrimitive : LOOKED_AT.has(field)) return undefined;
      throw error(name);
    },
  });

/** What libraries look for in the global object of whatever they are in. */
const LOOKED_FOR = new Set<PropertyKey>(['Buffer', 'window', 'self', 'document', 'navigator', 'Deno', 'Bun', 'then']);

const refuseGlobal = (): never => {
  throw instead('Setting a field of global', 'Use globalThis, or a variable of the module.');
};

/** Node's `global` answers for what the sandbox has. */
export const globalOf = (globals: object): object =>
  new Proxy(Object.freeze(Object.create(null)), {
    get(_target, field) {
      if (Reflect.has(globals, field)) return Reflect.get(globals, field);
      if (typeof field === 'symbol' || LOOKED_FOR.has(field)) return undefined;
      throw instead(`global.${field}`, 'Use globalThis, which has what a plugin has, or a variable of the module.');
    },
    set: refuseGlobal,
    defineProperty: refuseGlobal,
    deleteProperty: refuseGlobal,
  });

/** Globals by name, each refusing. */
export function refusedGlobals(): Record<string, unknown> {
  const network = ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'].map(
    (name) => [name, refusedFunction(name, () => refusal(name, 'network_access'))] as const,
  );
  const threads = ['Worker', 'SharedWorker', 'importScripts'].map(
    (name) => [name, refusedFunction(name, () => refusal(name, 'process_execution'))] as const,
  );
  return {
    ...Object.fromEntries([...network, ...threads]),
    setImmediate: refusedFunction('setImmediate', () => instead('setImmediate', 'Use setTimeout(callback, 0).')),
    require: refuseRequire,
    [REFUSED_BUFFER]: refuseAll((field) => instead(`Buffer.${field}`, NO_NODE)),
    __dirname: refuseAll(() => instead('__dirname', NO_PLACE)),
    __filename: refuseAll(() => instead('__filename', NO_PLACE)),
    process: new Proxy(Object.freeze(Object.create(null)), {
      get: readProcess,
      set: refuseProcess,
      defineProperty: refuseProcess,
      deleteProperty: refuseProcess,
    }),
  };
}
