/** MongoDB, by its answer to `hello`, and whether it lists its databases to strangers. */
import type { Conversation } from './conversation';
import type { Service } from './service';

/** Answers begin with their length. */
const isWhole = (text: string): boolean => text.length >= 4 && text.length >= lengthIn(text);

export async function askMongodb(conversation: Conversation): Promise<Service | undefined> {
  const hello = await conversation.ask(message(1, 'hello'), isWhole);
  if (!hello.includes('maxWireVersion') && !hello.includes('isWritablePrimary')) return undefined;
  const answer = await conversation.ask(message(2, 'listDatabases'), isWhole);
  const isOpen = answer.includes('databases') && answer.includes('totalSize');
  return {
    name: 'mongodb',
    product: 'MongoDB',
    facts: { authentication: !isOpen, wire_version: wireVersionIn(hello) },
  };
}

function lengthIn(text: string): number {
  return [0, 1, 2, 3].reduce((sum, at) => sum + text.charCodeAt(at) * 256 ** at, 0);
}

function wireVersionIn(hello: string): number {
  const name = 'maxWireVersion\0';
  const at = hello.indexOf(name);
  return at === -1 ? 0 : lengthIn(hello.slice(at + name.length, at + name.length + 4));
}

/** OP_MSG with one document: {[command]: 1, $db: 'admin'}. */
function message(requestId: number, command: string): Uint8Array {
  const document = [
    ...[0x10, ...text(command), ...int32(1)],
    ...[0x02, ...text('$db'), ...int32(6), ...text('admin')],
    0,
  ];
  const bson = [...int32(document.length + 4), ...document];
  const body = [...int32(requestId), ...int32(0), ...int32(2013), ...int32(0), 0, ...bson];
  return new Uint8Array([...int32(body.length + 4), ...body]);
}

const text = (value: string): number[] => [...new TextEncoder().encode(value), 0];
const int32 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];
