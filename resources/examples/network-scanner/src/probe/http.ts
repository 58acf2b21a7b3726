/** HTTP, by the headers of an answer to HEAD. */
import { type Conversation, readable } from './conversation';
import type { Service } from './service';

const hasHeaders = (text: string): boolean => text.includes('\r\n\r\n') || text.includes('\n\n');

/**
 * What is no HTTP is given back as it is: other services answer such a question in their own words.
 * @param host Left out where HTTP is only a guess: Redis takes a line with `Host:` for an attack, and says so in its log.
 */
export async function askHttp(conversation: Conversation, host?: string): Promise<Service | string> {
  const question =
    host === undefined
      ? 'HEAD / HTTP/1.0\r\n\r\n'
      : `HEAD / HTTP/1.1\r\nHost: ${host.includes(':') ? `[${host}]` : host}\r\nUser-Agent: network-scanner\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
  const text = await conversation.ask(
    question,
    (answer) =>
      hasHeaders(answer) || (answer !== '' && !'HTTP/'.startsWith(answer.slice(0, 5)) && answer.includes('\n')),
  );
  return readHttp(text) ?? text;
}

export function readHttp(text: string): Service | undefined {
  const [first = '', ...lines] = text.split('\n').map((line) => line.trim());
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers = readHeaders(lines);
  const server = headers.get('server');
  const [, product, version] = /^([^\s/(]+)(?:\/([0-9][\w.]*))?/.exec(server ?? '') ?? [];
  const authentication = headers.get('www-authenticate')?.split(' ')[0];
  return {
    name: 'http',
    product,
    version,
    banner: readable(server === undefined ? first : `${first}; Server: ${server}`),
    facts: {
      status: Number(status),
      ...(server === undefined ? {} : { server: readable(server) }),
      ...factOf('powered_by', headers.get('x-powered-by')),
      ...factOf('location', headers.get('location')),
      ...factOf('authentication', authentication),
      ...factOf('hsts', headers.get('strict-transport-security')),
    },
  };
}

const factOf = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: readable(value) });

function readHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    if (line === '') break;
    const at = line.indexOf(':');
    if (at > 0) headers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
  }
  return headers;
}
