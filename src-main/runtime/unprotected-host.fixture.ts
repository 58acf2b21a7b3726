/**
 * The same means that a plugin gets, given as a careless host would: in its own process, from its own classes, and
 * without a question. It shows that what the cases try is worth trying. Plain text, since it runs in plain Node.
 */
export const unprotectedHost = `
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { Database } = require(input.sqliteFile);
const { folder, canary } = input;

const merge = (into, from) => {
  for (const key of Object.keys(from)) {
    if (typeof from[key] === 'object' && from[key] !== null) merge(into[key] ??= {}, from[key]);
    else into[key] = from[key];
  }
  return into;
};
const place = (given) => path.resolve(folder, given);
const rebinding = (name, options, done) => options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const shared = Buffer.from(canary);

const fetchAt = (url) => new Promise((done, fail) => {
  http.get(url, { lookup: rebinding }, (response) => {
    if (response.headers.location) { done(fetchAt(response.headers.location)); return; }
    let text = '';
    response.on('data', (chunk) => { text += chunk; }).on('end', () => done({ text: async () => text }));
  }).on('error', fail);
});

async function connect(target) {
  // Looked at for the check, and once more for the use.
  if (target.host === 'forbidden') throw new Error('forbidden');
  const socket = net.connect({ host: target.host, port: target.port, lookup: rebinding });
  return {
    write: async (text) => { socket.write(text); },
    read: () => new Promise((done, fail) => { socket.once('data', done).once('error', fail); }),
    close: async () => { socket.destroy(); },
  };
}

const withDatabase = (file, use) => {
  const database = databases.get(file) ?? new Database(place(file));
  databases.set(file, database);
  return use(database);
};
const databases = new Map();

const subscriptions = new Map([[input.targets.subscription, { subscriber: canary, callback() {} }]]);
const history = [{ event_type: 'custom.secret', data: { token: canary }, metadata: { target_plugins: ['other'] } }];
const secrets = new Map([['token', canary]]);

function work() {
  const found = secrets.get('token');
  /token=(.*)/.exec('token=' + found);
  found.split('-');
  JSON.stringify({ found });
  Promise.resolve(found).then(() => undefined);
  for (const one of [found]) new URL('https://a.example/' + one).toString();
}

const plugin = {
  config: merge({}, JSON.parse(input.config)),
  context: { temp_directory: path.join(folder, '../temp/inner') },
  logger: {
    info(value) { typeof value === 'object' ? JSON.stringify(merge({}, value)) : value; if (typeof value?.toJSON === 'function') value.toJSON(); },
    debug() { work(); },
  },
  eventBus: {
    async publish(event) {
      await event;
      const merged = merge({ source: 'mine' }, event);
      for (const { callback } of subscriptions.values()) {
        callback(merged);
        if (event.event_type === 'custom.tell') callback(history[0]);
      }
      return merged;
    },
    async subscribe(subscriber, callback) { const id = String(subscriptions.size); subscriptions.set(id, { subscriber, callback }); return { id }; },
    unsubscribe: async (id) => subscriptions.delete(id),
    listSubscriptions: async () => [...subscriptions.values()],
    getEventHistory: async () => history,
    getMetrics: async () => ({}),
  },
  files: {
    readText: async (name) => fs.readFileSync(place(name), 'utf8'),
    readBytes: async (name) => Buffer.from(fs.readFileSync(place(name), 'latin1')),
    write: async (name, text) => fs.writeFileSync(place(name), text),
    append: async (name, text) => fs.appendFileSync(place(name), text),
    list: async (name) => fs.readdirSync(place(name)),
    stat: async (name) => fs.statSync(place(name)),
    makeFolder: async (name) => fs.mkdirSync(place(name)),
    remove: async (name) => fs.rmSync(place(name)),
  },
  network: { fetch: (url) => fetchAt(url), connect },
  db: {
    query: async (file, sql, params) => withDatabase(file, (database) => database.all(sql, params)),
    execute: async (file, sql, params) => withDatabase(file, (database) => database.run(sql, params)),
  },
};
`;
