/**
 * Ways in which code has got out of JavaScript sandboxes: through constructors, prototypes, stacks, promises, proxies,
 * symbols, tags and what the host hands in. Each returns what it got hold of. Plain text, since it becomes a plugin.
 */
export const escapes = String.raw`
export const escapes = {
  'constructor of an object': () => ({}).constructor.constructor('return process')(),
  'constructor of an array': () => [].constructor.constructor('return this.process')(),
  'constructor of the logger': (h) => h.logger.info.constructor('return process')(),
  'constructor of the configuration': (h) => h.config.constructor.constructor('return process')(),
  'constructor of the context': (h) => h.context.constructor.constructor('return process')(),
  'constructor of a timer function': () => setTimeout.constructor('return process')(),
  'constructor of console': () => console.log.constructor('return process')(),
  'constructor of URL': () => URL.constructor('return process')(),
  'constructor of a promise of the host': (h) => h.eventBus.getMetrics().constructor.constructor('return process')(),
  'constructor of an async function': async () => (async () => {}).constructor('return process')(),
  'constructor of a generator': () => (function* () {}).constructor('return process')().next().value,
  'constructor of an async generator': async () => (await (async function* () {}).constructor('return process')().next()).value,
  'constructor of an arrow': () => (() => {}).constructor('return globalThis')().process,
  'this of a sloppy function': () => Function('return this')().process,
  'this of an indirect eval': () => (0, eval)('this').process,
  'global this': () => globalThis.process,
  'global this of a getter': () => ({ get it() { return this; } }).it.process,
  'dynamic import by eval': () => eval('im' + 'port("node:fs")'),
  'dynamic import by Function': () => Function('return im' + 'port("node:fs")')(),
  'dynamic import by async Function': () => (async () => {}).constructor('return await im' + 'port("node:fs")')(),
  'require by name': () => require(['node:fs'].join()),
  'require of the module': () => module.constructor._load('node:fs'),
  'require through the process': () => process.mainModule.require('node:fs'),
  'binding of the process': () => process.binding('fs'),
  'dlopen of the process': () => process.dlopen({ exports: {} }, '/lib/x.node'),
  'own prepareStackTrace': () => {
    Error.prepareStackTrace = (_error, sites) => sites;
    const sites = new Error().stack;
    if (!Array.isArray(sites)) return undefined;
    for (const site of sites) {
      const found = site.getThis?.() ?? site.getFunction?.();
      if (found?.process) return found.process;
      if (typeof found === 'function') return found.constructor('return process')();
    }
  },
  'prepareStackTrace on an error of the host': (h) => {
    Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFunction?.());
    try { new URL('nonsense'); } catch (error) { return error.stack.find?.(Boolean)?.constructor('return process')(); }
  },
  'captureStackTrace with a getter': () => {
    const target = {};
    Error.captureStackTrace?.(target);
    return target.stack.constructor.constructor('return process')();
  },
  'constructor of an error of the host': () => {
    try { new URL('nonsense'); } catch (error) { return error.constructor.constructor('return process')(); }
  },
  'constructor of an error of structuredClone': () => {
    try { structuredClone(() => {}); } catch (error) { return error.constructor.constructor('return process')(); }
  },
  'constructor of an error of atob': () => {
    try { atob('*'); } catch (error) { return error.constructor.constructor('return process')(); }
  },
  'error of a full stack': () => {
    const deep = () => deep();
    try { deep(); } catch (error) { return error.constructor.constructor('return process')(); }
  },
  'full stack inside the host': (h) => {
    let got;
    let full = false;
    const deep = () => {
      if (full) return undefined;
      try { h.logger.debug({ get x() { return deep(); } }); deep(); }
      catch (error) { full = true; got ??= attempt(() => error.constructor.constructor('return process')()); throw error; }
    };
    try { deep(); } catch { return got; }
  },
  'caller of a function of the host': (h) => h.logger.info.caller,
  'arguments of a function of the host': (h) => h.logger.info.arguments,
  'thenable handed to the host': (h) => new Promise((done) => {
    h.eventBus.publish({ then(resolve) { done(resolve.constructor('return process')()); } }).catch(() => done(undefined));
  }),
  'toJSON called by the host': (h) => {
    let got;
    const value = { toJSON() { got = this.constructor.constructor('return process')(); return 1; } };
    h.logger.info(value);
    return got;
  },
  'getter read by the host': (h) => {
    let got;
    h.logger.info({ get field() { got = attempt(() => h.logger.info.caller?.constructor('return process')()); return 1; } });
    return got;
  },
  'species of a promise': (h) => {
    class Mine extends Promise { static get [Symbol.species]() { return Function; } }
    return Mine.resolve(1).then(() => {});
  },
  'species of an array': () => { const list = [1]; list.constructor = { [Symbol.species]: Function }; return list.map((x) => x)('return process'); },
  'unscopables of the global': () => { globalThis[Symbol.unscopables] = { escapes: true }; return Function('return process')(); },
  'with and a proxy': () => Function('with (new Proxy({}, { has: () => true, get: (t, k) => undefined })) return process')(),
  'proxy as prototype of the global': () => { Object.setPrototypeOf(globalThis, new Proxy({}, { get: () => 1 })); return globalThis.process; },
  'lookupGetter of the global': () => globalThis.__lookupGetter__?.('process')?.call(globalThis),
  'symbols of a promise': (h) => {
    const promise = h.eventBus.getMetrics();
    return Object.getOwnPropertySymbols(promise).map((symbol) => promise[symbol]).find((value) => typeof value === 'object' && value !== null);
  },
  'WebAssembly of the engine': () => globalThis.WebAssembly,
  'shared memory': () => globalThis.SharedArrayBuffer ?? globalThis.Atomics,
  'weak references of the host': () => new FinalizationRegistry(() => {}).constructor.constructor('return process')(),
  'tagged template as code': () => Function${'`'}return process${'`'}(),
  'html comment in code': () => Function('return 1 <!-- x\n; return process')(),
  'compartment of its own': () => new Compartment({ globals: {} }).evaluate('process'),
  'compartment that imports': () => new Compartment({ __options__: true, importHook: () => {} }).import('node:fs'),
  'lockdown again': () => lockdown?.(),
  'Buffer of Node': () => globalThis.Buffer.from('x').constructor.constructor('return process')(),
};

/** Attempts that change what everyone shares; what matters is whether the change is there afterwards. */
export const changes = {
  'prototype of objects': () => { Object.prototype.polluted = true; return {}.polluted; },
  'prototype by __proto__': () => { ({}).__proto__.polluted = true; return {}.polluted; },
  'prototype by defineProperty': () => { Object.defineProperty(Object.prototype, 'polluted', { value: true }); return {}.polluted; },
  'prototype of arrays': () => { Array.prototype.map = () => 'mine'; return [].map((x) => x) === 'mine'; },
  'prototype of promises': () => { Promise.prototype.then = () => 'mine'; return Promise.resolve().then() === 'mine'; },
  'prototype of functions': () => { Function.prototype.call = () => 'mine'; return (() => {}).call() === 'mine'; },
  'prototype of URL': () => { URL.prototype.toString = () => 'mine'; return new URL('a:b').toString() === 'mine'; },
  'JSON': () => { JSON.stringify = () => 'mine'; return JSON.stringify(1) === 'mine'; },
  'the logger': (h) => { h.logger.info = () => 'mine'; return h.logger.info() === 'mine'; },
  'the event bus': (h) => { h.eventBus.publish = () => 'mine'; return h.eventBus.publish() === 'mine'; },
  'the context': (h) => { h.context.plugin_id = 'mine'; return h.context.plugin_id === 'mine'; },
  'the console': () => { console.log = () => 'mine'; return console.log() === 'mine'; },
};

const attempt = (run) => { try { return run(); } catch { return undefined; } };

/** Whether a value is a way to the outside: the host's process, a module of Node, or a global object with them. */
const isPower = (value) => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  for (const name of ['pid', 'readFileSync', 'binding', 'spawn', 'Socket', 'memory', 'instantiate']) {
    if (attempt(() => value[name]) !== undefined) return true;
  }
  return attempt(() => value.process?.pid) !== undefined;
};

export async function tryEscapes(h) {
  const out = [];
  for (const [name, run] of Object.entries(escapes)) {
    let value;
    try { value = await run(h); } catch { continue; }
    if (isPower(value)) out.push(name);
  }
  return { tried: Object.keys(escapes).length, out };
}

export function tryChanges(h) {
  const done = [];
  for (const name of Object.keys(changes)) {
    if (attempt(() => changes[name](h)) === true) done[done.length] = name;
  }
  return done;
}
`;
