/** Asks for the headers of the first page. */
import type { Conversation } from './conversation';
import { readHttp } from './read-http';
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
