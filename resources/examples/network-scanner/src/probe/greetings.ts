/** Services that speak first, told by what they say. */

import { readable } from './readable';
import type { Service } from './service';

/** @returns undefined where it is no greeting that is known. */
export function readGreeting(text: string, port: number): Service | undefined {
  for (const read of [readSsh, readMail, readFtp, readMysql, readTelnet, readVnc]) {
    const service = read(text, port);
    if (service !== undefined) return { banner: readable(text), ...service };
  }
  return undefined;
}

function readSsh(text: string): Service | undefined {
  const found = /^SSH-(\d\.\d+)-([^\s-]+)/.exec(text);
  if (found === null) return undefined;
  const [, protocol = '', software = ''] = found;
  const [product = '', version] = software.split('_');
  return { name: 'ssh', product: readable(product, 60), version: versionIn(version ?? ''), facts: { protocol } };
}

const MAIL_PRODUCTS =
  /(Postfix|Exim|Sendmail|Dovecot|Exchange|qmail|OpenSMTPD|hMailServer|MailEnable|Courier)(?:[ /]+([0-9][\w.]{0,40}))?/i;

function readMail(text: string, port: number): Service | undefined {
  const isSmtp = /^220[ -]/.test(text) && (/\bE?SMTP\b/i.test(text) || [25, 465, 587, 2525].includes(port));
  const name = isSmtp ? 'smtp' : /^\+OK\b/.test(text) ? 'pop3' : /^\* (OK|PREAUTH)\b/.test(text) ? 'imap' : undefined;
  if (name === undefined) return undefined;
  const found = MAIL_PRODUCTS.exec(text);
  return { name, product: found?.[1], version: found?.[2] };
}

const FTP_PRODUCTS =
  /(vsFTPd|ProFTPD|Pure-FTPd|FileZilla Server|Microsoft FTP|Serv-U|wu-ftpd|glFTPd)(?:[ /v(]+([0-9][\w.]{0,40}))?/i;

function readFtp(text: string, port: number): Service | undefined {
  const found = FTP_PRODUCTS.exec(text);
  const isFtp = /^220[ -]/.test(text) && (found !== null || /\bFTP\b/i.test(text) || port === 21);
  return isFtp ? { name: 'ftp', product: found?.[1], version: found?.[2] } : undefined;
}

/** A packet of the protocol's version 10: length, number 0, then the server's version; or an error in its place. */
function readMysql(text: string): Service | undefined {
  if (text.length < 6 || text.charCodeAt(3) !== 0) return undefined;
  const length = text.charCodeAt(0) + text.charCodeAt(1) * 256;
  const kind = text.charCodeAt(4);
  if (kind === 0xff && length < 1024 && /mysql|mariadb|host/i.test(text.slice(7, 200))) {
    return { name: 'mysql', banner: readable(text.slice(7)), facts: { refused: true } };
  }
  const end = text.indexOf('\0', 5);
  const version = text.slice(5, end);
  if (kind !== 10 || end === -1 || !/^[0-9]+\.[0-9]/.test(version)) return undefined;
  const isMaria = /mariadb/i.test(version);
  const own = isMaria
    ? (/(?:5\.5\.5-)?([0-9.]+)-mariadb/i.exec(version)?.[1] ?? versionIn(version))
    : versionIn(version);
  return { name: 'mysql', product: isMaria ? 'MariaDB' : 'MySQL', version: own, banner: readable(version) };
}

/** Telnet begins with options (IAC, then WILL, WONT, DO or DONT), or asks who is there. */
function readTelnet(text: string, port: number): Service | undefined {
  const hasOptions = text.charCodeAt(0) === 0xff && text.charCodeAt(1) >= 0xfb && text.charCodeAt(1) <= 0xfe;
  const asksLogin = /(login|username|password):\s*$/i.test(text);
  if (!hasOptions && !asksLogin && port !== 23) return undefined;
  if (text === '') return undefined;
  return { name: 'telnet' };
}

function readVnc(text: string): Service | undefined {
  const found = /^RFB (\d{3})\.(\d{3})/.exec(text);
  return found === null ? undefined : { name: 'vnc', version: `${Number(found[1])}.${Number(found[2])}` };
}

export const versionIn = (text: string): string | undefined =>
  /[0-9]{1,9}(\.[0-9]{1,9}){0,4}(p[0-9]{1,9})?/.exec(text)?.[0];
