/**
 * Ways out of the sandbox, each towards something planted: a file, an environment variable, a listener, another
 * plugin. A case gets the plugin (h), what is planted (t) and what makes the most of a power that it got hold of
 * (loot); it answers with what it read. Plain text, since it becomes a plugin.
 */
export const canaryCases = String.raw`
const code = 'return process';
const quiet = (run) => { try { return run(); } catch { return undefined; } };

/** What a process, a global object or a module gives away. */
const loot = (power, t) => [
  () => power.env[t.variable],
  () => power.process.env[t.variable],
  () => power.readFileSync(t.file, 'utf8'),
  () => power.mainModule.require('node:fs').readFileSync(t.file, 'utf8'),
  () => power.process.mainModule.require('node:fs').readFileSync(t.file, 'utf8'),
  () => power.binding('fs') && power.env[t.variable],
].map((attempt) => quiet(attempt)).filter((text) => typeof text === 'string').join();

const caught = (run) => { try { run(); } catch (error) { return error; } };
const caughtLater = (work) => work.then(() => undefined, (error) => error);
const made = (value) => value.constructor.constructor(code)();

/** Puts a trap of ours in a shared place for as long as the host works, and tells what came by. */
const trap = (h, t, owner, name, own) => {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const seen = [];
  try {
    Object.defineProperty(owner, name, { value: own(before.value, seen), configurable: true, writable: true });
    h.logger.debug('work');
  } finally {
    quiet(() => Object.defineProperty(owner, name, before));
  }
  return seen.join() + t.mark;
};
const spy = (real, seen) => function (...args) { seen[seen.length] = quiet(() => '' + this) + ' ' + args.map((arg) => quiet(() => '' + arg)); return Reflect.apply(real, this, args); };

/** What an object of the host has after objects were changed. */
const pollute = (h, t, change) => {
  change();
  const got = [h.config, h.context, {}].map((value) => value.polluted).filter(Boolean).join();
  quiet(() => { delete Object.prototype.polluted; });
  return got;
};
const planted = (t) => '{"__proto__":{"polluted":"' + t.mark + '"}}';
const plantedDeep = (t) => '{"constructor":{"prototype":{"polluted":"' + t.mark + '"}}}';
const afterwards = (t) => { const got = ({}).polluted; quiet(() => { delete Object.prototype.polluted; }); return got; };

const read = (h, path) => h.files.readText(path);
const rows = async (h, file, sql, params) => JSON.stringify(await h.db.query(file, sql, params));
const get = async (h, url, options) => (await h.network.fetch(url, options)).text();
const talk = async (h, target) => {
  const connection = await h.network.connect(target);
  await connection.write('hello');
  const bytes = await connection.read();
  await connection.close();
  return new TextDecoder().decode(bytes);
};

const cases = {
  // First, since others clear what it looks for.
  '__proto__ in the configuration': (h) => h.config.polluted ?? ({}).polluted,

  // Constructors of whatever there is make functions where that came from.
  'constructor of an object': (h, t) => loot(made({}), t),
  'constructor of an array': (h, t) => loot(made([]), t),
  'constructor of a regular expression': (h, t) => loot(made(/x/), t),
  'constructor of a number': (h, t) => loot(made(1), t),
  'constructor of a symbol': (h, t) => loot(made(Symbol.iterator), t),
  'constructor of the configuration': (h, t) => loot(made(h.config), t),
  'constructor of the context': (h, t) => loot(made(h.context), t),
  'constructor of the logger': (h, t) => loot(h.logger.info.constructor(code)(), t),
  'constructor of the file API': async (h, t) => loot(await h.files.readText.constructor(code)(), t),
  'constructor of a promise of the host': (h, t) => loot(made(h.eventBus.getMetrics()), t),
  'constructor of an answer of the host': async (h, t) => loot(made(await h.eventBus.getMetrics()), t),
  'constructor of an event of the host': async (h, t) => loot(made(await h.eventBus.publish({ event_type: 'custom.x' })), t),
  'constructor of bytes of the host': (h, t) => loot(made(new TextEncoder().encode('x')), t),
  'constructor of a timer': (h, t) => loot(made(setTimeout(() => {}, 0)), t),
  'constructor of a timer function': (h, t) => loot(setTimeout.constructor(code)(), t),
  'constructor of the console': (h, t) => loot(console.log.constructor(code)(), t),
  'constructor of URL': (h, t) => loot(URL.constructor(code)(), t),
  'constructor of a decoder': (h, t) => loot(made(new TextDecoder()), t),
  'constructor of a clone': (h, t) => loot(made(structuredClone(new Map([[1, 2]]))), t),
  'constructor of an async function': async (h, t) => loot(await (async () => {}).constructor(code)(), t),
  'constructor of a generator': (h, t) => loot((function* () {}).constructor(code)().next().value, t),
  'constructor of an async generator': async (h, t) => loot((await (async function* () {}).constructor(code)().next()).value, t),
  'Function by Reflect.construct': (h, t) => loot(Reflect.construct(Function, [code])(), t),
  'Function with another target': async (h, t) => loot(await Reflect.construct(Function, [code], (async () => {}).constructor)(), t),
  'Function by Reflect.apply': (h, t) => loot(Reflect.apply(Function, undefined, [code])(), t),
  'Function bound': (h, t) => loot(Function.bind(null, code)()(), t),
  'Function extended': (h, t) => { class Mine extends Function {} return loot(new Mine(code)(), t); },
  'Function by a tagged template': (h, t) => loot(Function${'`'}return process${'`'}(), t),
  'Function in a parameter default': (h, t) => loot(Function('a = process', 'return a')(), t),
  'this of a sloppy function': (h, t) => loot(Function('return this')(), t),
  'this of an indirect eval': (h, t) => loot((0, eval)('this'), t),
  'this of a getter': (h, t) => loot(Function('return { get it() { return (function () { return this; })(); } }.it')(), t),
  'global object': (h, t) => loot(globalThis, t),
  'global object by another name': (h, t) => loot(quiet(() => global) ?? quiet(() => self), t),
  'a source name of Node': (h, t) => loot(Function('return process\n//# sourceURL=node:internal/bootstrap')(), t),
  'an HTML comment': (h, t) => loot(Function('return 1, <!-- x\n process')(), t),
  'with over a proxy': (h, t) => loot(Function('with (new Proxy({}, { has: (o, k) => k === "nothing" })) return process')(), t),
  'the prototype of the global object': (h, t) => loot(Object.getPrototypeOf(globalThis).constructor.constructor(code)(), t),

  // Modules.
  'import by eval': async (h, t) => loot((await eval('im' + 'port("node:fs")')), t),
  'import by Function': async (h, t) => loot(await Function('return im' + 'port("node:fs")')(), t),
  'import behind a comment': async (h, t) => loot(await Function('return im' + 'port/**/("node:fs")')(), t),
  'import of data': async (h, t) => loot((await Function('return im' + 'port("data:text/javascript,export default process")')()).default, t),
  'import of a file': async (h, t) => (await Function('u', 'return im' + 'port(u)')(t.moduleUrl)).default,
  'require by name': (h, t) => loot(require(['node:fs'].join()), t),
  'require of a file': (h, t) => require([t.module].join()),
  'loader of the module': (h, t) => loot(module.constructor._load('node:fs'), t),
  'createRequire of the module': (h, t) => loot(module.constructor.createRequire(t.file)('node:fs'), t),
  'main module': (h, t) => loot(process.mainModule.require('node:fs'), t),
  'binding of the process': (h, t) => loot(process.binding && process, t),
  'a Compartment of its own': (h, t) => loot(typeof Compartment === 'function' ? new Compartment({ globals: {} }).evaluate('process') : process, t),
  'arguments of the module function': (h, t) => [...Function('return typeof arguments')()].join('') && loot(quiet(() => module.constructor.prototype.require('node:fs')), t),

  // Environment, programs, threads, inspector.
  'environment': (h, t) => process.env[t.variable],
  'environment of the report': (h, t) => process.report.getReport().environmentVariables[t.variable],
  'a program': (h, t) => '' + require(['child_process'].join()).execFileSync(process.execPath, ['-p', 'process.env.' + t.variable]),
  'a thread': (h, t) => new Promise((done, fail) => {
    const { Worker } = require(['worker_threads'].join());
    new Worker('require("worker_threads").parentPort.postMessage(process.env["' + t.variable + '"])', { eval: true }).on('message', done).on('error', fail);
  }),
  'another context': (h, t) => loot(require(['vm'].join()).runInThisContext('process'), t),
  'the inspector': (h, t) => new Promise((done, fail) => {
    const session = new (require(['inspector'].join()).Session)();
    session.connect();
    session.post('Runtime.evaluate', { expression: 'process.env["' + t.variable + '"]' }, (error, { result }) => error ? fail(error) : done(result.value));
  }),
  'signals of the process': (h, t) => process.kill(process.pid, 0) && process.env[t.variable],

  // Stacks and errors of the host.
  'own prepareStackTrace': (h, t) => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) => sites;
    try {
      const own = Function('return new Error().stack')();
      return own.map((site) => loot(site.getThis(), t) + loot(quiet(() => site.getFunction().constructor(code)()), t)).join();
    } finally { quiet(() => { Error.prepareStackTrace = before; }); }
  },
  'prepareStackTrace for an error of the host': (h, t) => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) => sites;
    try { return loot(made(caught(() => new URL('nonsense')).stack[0]), t); } finally { quiet(() => { Error.prepareStackTrace = before; }); }
  },
  'captureStackTrace': (h, t) => { const target = {}; Error.captureStackTrace(target); return loot(made(target.stack), t); },
  'error of URL': (h, t) => loot(made(caught(() => new URL('nonsense'))), t),
  'error of a decoder': (h, t) => loot(made(caught(() => new TextDecoder('nonsense'))), t),
  'error of structuredClone': (h, t) => loot(made(caught(() => structuredClone(() => {}))), t),
  'error of atob': (h, t) => loot(made(caught(() => atob('*'))), t),
  'error of random values': (h, t) => loot(made(caught(() => crypto.getRandomValues(new Float32Array(1)))), t),
  'error of a file': async (h, t) => loot(made(await caughtLater(h.files.readText('nothing'))), t),
  'details of an error of a file': async (h, t) => { const error = await caughtLater(h.files.readText('nothing')); return loot(made(error.details ?? error), t); },
  'error of a host': async (h, t) => loot(made(await caughtLater(h.network.fetch('http://nonsense.invalid:1/'))), t),
  'error of a full stack': (h, t) => { const deep = () => deep(); return loot(made(caught(deep)), t); },
  'cause of an error': async (h, t) => { const error = await caughtLater(h.files.readText('nothing')); return loot(made(error.cause ?? error), t); },

  // What the host calls, reads or keeps.
  'getter read by the logger': (h, t) => { let got; h.logger.info({ get x() { got = loot(quiet(() => this.constructor.constructor(code)()), t); return 1; } }); return got; },
  'toJSON called by the logger': (h, t) => { let got; h.logger.info({ toJSON() { got = loot(made(this), t); return 1; } }); return got; },
  'getter in an event': async (h, t) => { let got; await h.eventBus.publish({ event_type: 'custom.x', data: { get x() { got = loot(made(this), t); return 1; } } }); return got; },
  'traps of a proxy in an event': async (h, t) => {
    let got = '';
    const trapped = new Proxy({}, { ownKeys: (target) => { got += loot(made(target), t); return []; }, get: (target, key, receiver) => { got += loot(quiet(() => made(receiver ?? target)), t); return undefined; } });
    await h.eventBus.publish({ event_type: 'custom.x', data: trapped });
    return got;
  },
  'thenable handed to the host': (h, t) => new Promise((done) => {
    h.eventBus.publish({ event_type: 'custom.x', then(resolve) { done(quiet(() => loot(resolve.constructor(code)(), t))); } }).then(() => done(''), () => done(''));
  }),
  'callback of the event bus': async (h, t) => {
    const heard = new Promise((done) => { h.eventBus.subscribe('mine', function (event) { done(quiet(() => loot(made(event), t))); }, { event_types: ['custom.heard'] }).then(() => h.eventBus.publish({ event_type: 'custom.heard' })); });
    return heard;
  },
  'a buffer that others share': async (h, t) => {
    const bytes = await h.files.readBytes('own.txt');
    return new TextDecoder('latin1').decode(new Uint8Array(bytes.buffer));
  },
  'symbols of a promise': (h, t) => {
    const promise = h.eventBus.getMetrics();
    return Object.getOwnPropertySymbols(promise).map((symbol) => loot(quiet(() => made(promise[symbol])), t)).join() || loot(made(promise), t);
  },
  'species of a promise': async (h, t) => {
    class Mine extends Promise { static get [Symbol.species]() { return Function; } }
    return loot(Mine[Symbol.species](code)(), t);
  },
  'last match of regular expressions': (h) => { h.logger.debug('work'); return RegExp.input + RegExp['$_'] + RegExp['$&']; },

  // Intrinsics that the host uses too.
  'trap in exec': (h, t) => trap(h, t, RegExp.prototype, 'exec', spy),
  'trap in split': (h, t) => trap(h, t, String.prototype, 'split', spy),
  'trap in then': (h, t) => trap(h, t, Promise.prototype, 'then', spy),
  'trap in stringify': (h, t) => trap(h, t, JSON, 'stringify', spy),
  'trap in Map': (h, t) => trap(h, t, Map.prototype, 'get', spy),
  'trap in an iterator': (h, t) => trap(h, t, Array.prototype, Symbol.iterator, spy),
  'trap in the logger': (h, t) => trap(h, t, h.logger, 'debug', spy),
  'trap in URL': (h, t) => trap(h, t, URL.prototype, 'toString', spy),
  'trap in an element of all lists': (h, t) => {
    Object.defineProperty(Array.prototype, '7', { configurable: true, get: () => t.mark });
    try { return new Array(8)[7]; } finally { quiet(() => { delete Array.prototype[7]; }); }
  },

  // Prototypes.
  'field of all objects': (h, t) => pollute(h, t, () => { Object.prototype.polluted = t.mark; }),
  'field by __proto__': (h, t) => pollute(h, t, () => { ({}).__proto__.polluted = t.mark; }),
  'field by constructor.prototype': (h, t) => pollute(h, t, () => { h.config.constructor.prototype.polluted = t.mark; }),
  'field by defineProperty': (h, t) => pollute(h, t, () => { Object.defineProperty(Object.prototype, 'polluted', { value: t.mark, configurable: true }); }),
  'getter of all objects': (h, t) => pollute(h, t, () => { Object.prototype.__defineGetter__('polluted', () => t.mark); }),
  '__proto__ in an event': async (h, t) => { await h.eventBus.publish({ event_type: 'custom.x', data: JSON.parse(planted(t)) }); return afterwards(t); },
  'constructor in an event': async (h, t) => { await h.eventBus.publish({ event_type: 'custom.x', data: JSON.parse(plantedDeep(t)) }); return afterwards(t); },
  '__proto__ in metadata': async (h, t) => { await h.eventBus.publish({ event_type: 'custom.x', metadata: JSON.parse(planted(t)) }); return afterwards(t); },
  '__proto__ in a log': (h, t) => { h.logger.info(JSON.parse(planted(t))); return afterwards(t); },

  // Files.
  'a path up': (h, t) => read(h, t.up),
  'a path down and up': (h, t) => read(h, 'src/../' + t.up),
  'a whole path': (h, t) => read(h, t.file),
  'a path with doubled signs': (h, t) => read(h, './/src//..//' + t.up),
  'a link to a file': (h, t) => read(h, 'link-to-file'),
  'a link to a folder': (h, t) => read(h, 'link-to-folder/' + t.fileName),
  'a link of a link': (h, t) => read(h, 'link-to-link'),
  'a link in the way of a path up': (h, t) => read(h, 'link-to-folder/inner/../' + t.fileName),
  'a path through the temporary folder': (h, t) => read(h, h.context.temp_directory + '/' + t.fromTemp),
  'a folder above': async (h, t) => JSON.stringify(await h.files.list('..')).includes(t.fileName) ? t.mark : '',
  'what is known of a file': async (h, t) => ((await h.files.stat(t.file)) === undefined ? '' : t.mark),
  'bytes of a file': async (h, t) => new TextDecoder().decode(await h.files.readBytes(t.up)),
  'writing above': async (h, t) => { await h.files.write(t.up + '.written', 'x'); return t.mark; },
  'writing through a link': async (h, t) => { await h.files.append('link-to-file', ''); return t.mark; },
  'writing where a link leads nowhere': async (h, t) => { await h.files.write('link-to-nothing', 'x'); return t.mark; },
  'making a folder above': async (h, t) => { await h.files.makeFolder(t.up + '.folder'); return t.mark; },
  'removing above': async (h, t) => { await h.files.remove(t.removable); return t.mark; },
  'granting itself more': async (h, t) => { await h.files.write('plugin.json', '{}'); return t.mark; },
  'the temporary folder of another plugin': (h, t) => read(h, h.context.temp_directory + '/../' + t.otherTemp),
  'configuration of another plugin': (h, t) => read(h, t.otherConfig),

  // Network.
  'a host that was not granted': (h, t) => get(h, t.url),
  'an address as a number': (h, t) => get(h, t.url.replace('127.0.0.1', '2130706433')),
  'an address in octal': (h, t) => get(h, t.url.replace('127.0.0.1', '0177.0.0.1')),
  'an address in hexadecimal': (h, t) => get(h, t.url.replace('127.0.0.1', '0x7f.1')),
  'a host behind a name of a person': (h, t) => get(h, t.url.replace('127.0.0.1', 'localhost@127.0.0.1')),
  'a name that leads to this machine': (h, t) => get(h, t.url.replace('127.0.0.1', 'rebind.example')),
  'a connection to a name that leads to this machine': (h, t) => talk(h, { host: 'rebind.example', port: t.port }),
  'a name that leads elsewhere the second time': async (h, t) => {
    const url = t.url.replace('127.0.0.1', 'later.example');
    const first = await h.network.fetch(url, { timeout: 200 }).then((response) => response.text(), () => '');
    return first + (await get(h, url));
  },
  'a name that has this machine among its addresses': (h, t) => get(h, t.url.replace('127.0.0.1', 'mixed.example')),
  'a redirect to a name that leads to this machine': (h, t) => get(h, t.redirectByName),
  'a redirect': (h, t) => get(h, t.redirect),
  'a connection': (h, t) => talk(h, { host: '127.0.0.1', port: t.port }),
  'a host that changes while it is read': (h, t) => { let asked = 0; return talk(h, { get host() { return asked++ === 0 ? '127.0.0.1' : 'localhost'; }, port: t.port }); },
  'the global fetch': async (h, t) => (await fetch(t.url)).text(),
  'a socket of Node': (h, t) => new Promise((done, fail) => { require(['net'].join()).connect(t.port, '127.0.0.1').on('error', fail).on('data', (bytes) => done('' + bytes)).write('hello'); }),

  // Databases.
  'a database above': (h, t) => rows(h, t.databaseUp, 'SELECT v FROM t'),
  'a database behind a link': (h, t) => rows(h, 'link-to-database', 'SELECT v FROM t'),
  'an attached database': async (h, t) => { await h.db.execute('own.db', 'ATTACH ? AS o', [t.database]); return rows(h, 'own.db', 'SELECT v FROM o.t'); },
  'an attached database behind a comment': async (h, t) => { await h.db.execute('own.db', '/* SELECT */ ATTACH ? AS o2', [t.database]); return rows(h, 'own.db', 'SELECT v FROM o2.t'); },
  'a database written elsewhere': async (h, t) => { await h.db.execute('own.db', 'VACUUM INTO ?', [t.database + '.copy']); return t.mark; },
  'settings of the database': (h, t) => rows(h, 'own.db', 'SELECT ? || file AS v FROM pragma_database_list', [t.mark]),

  // Other plugins.
  'the database of another plugin': (h, t) => rows(h, t.otherDatabase, 'SELECT v FROM t'),
  'events for another plugin': async (h, t) => {
    const heard = [];
    await h.eventBus.subscribe('everything', (event) => { heard.push(JSON.stringify(event)); });
    await h.eventBus.publish({ event_type: 'custom.tell' });
    await new Promise((done) => setTimeout(done, 50));
    return heard.join();
  },
  'what passed before for another plugin': async (h) =>
    JSON.stringify((await h.eventBus.getEventHistory(1000)).filter((event) => event.event_type === 'custom.secret')),
  'subscriptions of others': async (h) => JSON.stringify(await h.eventBus.listSubscriptions()),
  'the subscription of another plugin': async (h, t) => ((await h.eventBus.unsubscribe(t.subscription)) ? t.mark : ''),
  'the name of another plugin': async (h, t) => {
    const { source } = await h.eventBus.publish({ event_type: 'custom.x', source: t.mark, source_id: t.mark });
    return source;
  },
};

async function tryAll(h, t) {
  const told = {};
  for (const name of Object.keys(cases)) {
    let value;
    try { value = await cases[name](h, t); } catch (error) { value = 'thrown: ' + quiet(() => error.message); }
    told[name] = ('' + value).slice(0, 20000);
  }
  return told;
}
`;
