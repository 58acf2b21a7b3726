/** A runner that someone has taken over: it answers load and initialize, then does what the test says. */
export const takenOverRunner = (onInvoke: string, onReply = '') => `
const { Socket } = require('node:net');
const host = new Socket({ fd: 3, readable: true, writable: true });
const say = (text) => host.write(text + '\\n');
const answer = (id, value) => say(JSON.stringify({ kind: 'result', id, value }));
let call, told;
const parts = [];
host.setEncoding('utf8').on('data', (chunk) => {
  const lines = chunk.split('\\n');
  parts.push(lines.shift());
  for (const line of lines) {
    const messages = JSON.parse(parts.join(''));
    parts.splice(0, parts.length, line);
    for (const message of [messages].flat()) hear(message);
  }
}).on('close', () => process.exit());
function hear(message) {
  if (message.kind === 'load' || message.method === 'initialize') answer(message.id);
  else if (message.kind === 'invoke') { ${onInvoke} }
  else if (message.kind === 'reply') { ${onReply} }
}
say(JSON.stringify({ kind: 'ready' }));
`;

export const noArtifact = { code: '', url: 'plugin://x/1/plugin.js', className: 'X', sourceHash: '' };
