/** HTTP, by the headers of an answer to HEAD. */
import { readable } from './readable';
import type { Service } from './service';

export function readHttp(text: string): Service | undefined {
  const [first = '', ...lines] = text.split('\n').map((line) => line.trim());
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers = readHeaders(lines);
  const server = headers.get('server');
  const [, product, version] = /^([^\s/(]+)(?:\/([0-9][\w.]{0,40}))?/.exec(server ?? '') ?? [];
  const authentication = headers.get('www-authenticate')?.split(' ')[0];
  return {
    name: 'http',
    product: product === undefined ? undefined : readable(product, 60),
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
