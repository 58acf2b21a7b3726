/**
 * Whether TLS is spoken, and in which version, by the first message of the handshake. It offers up to TLS 1.2, so that
 * a server that can do no better than 1.1 says so; one that wants 1.3 only answers with an alert.
 */
import type { Conversation } from './conversation';
import type { TlsInfo } from './service';

const HANDSHAKE = 22;
const ALERT = 21;
const SERVER_HELLO = 2;

export async function askTls(conversation: Conversation, host: string): Promise<TlsInfo | undefined> {
  const answer = await conversation.ask(clientHello(host), (text) => text.length >= 11);
  const [type, major] = [answer.charCodeAt(0), answer.charCodeAt(1)];
  if (answer.length < 7 || major !== 3) return undefined;
  if (type === ALERT) return {};
  if (type !== HANDSHAKE || answer.charCodeAt(5) !== SERVER_HELLO) return undefined;
  return { version: VERSIONS.get(answer.charCodeAt(10)) };
}

const VERSIONS = new Map([
  [0, 'SSL 3.0'],
  [1, 'TLS 1.0'],
  [2, 'TLS 1.1'],
  [3, 'TLS 1.2'],
]);

/** Suites that servers of the last twenty years have at least one of. */
const SUITES = [
  0xc02f, 0xc030, 0xc02b, 0xc02c, 0xcca8, 0xcca9, 0xc013, 0xc014, 0xc009, 0xc00a, 0x009c, 0x009d, 0x002f, 0x0035,
  0x000a,
];
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019];
const SIGNATURES = [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201];

function clientHello(host: string): Uint8Array {
  const random = crypto.getRandomValues(new Uint8Array(32));
  const isName = !host.includes(':') && !/^[0-9.]+$/.test(host);
  const extensions = [
    ...(isName ? extension(0, block(2, [0, ...block(2, bytesOf(host))])) : []),
    ...extension(10, block(2, GROUPS.flatMap(twoBytes))),
    ...extension(11, [1, 0]),
    ...extension(13, block(2, SIGNATURES.flatMap(twoBytes))),
  ];
  const body = [...[3, 3], ...random, 0, ...block(2, SUITES.flatMap(twoBytes)), ...[1, 0], ...block(2, extensions)];
  return new Uint8Array([HANDSHAKE, 3, 1, ...block(2, [1, ...block(3, body)])]);
}

const twoBytes = (value: number): number[] => [value >> 8, value & 255];
const extension = (type: number, content: number[]): number[] => [...twoBytes(type), ...block(2, content)];
const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

/** The content with its length before it. */
function block(lengthBytes: 2 | 3, content: readonly number[]): number[] {
  const { length } = content;
  return [...(lengthBytes === 3 ? [length >> 16] : []), ...twoBytes(length & 0xffff), ...content];
}
