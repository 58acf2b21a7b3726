/**
 * The forms in which programs write a text down: as it is, escaped in JSON, encoded for an address, in base64 (also in
 * the midst of something longer, as in "user:password"), as a part of a path, and in hexadecimal digits.
 */

/** A part of base64 that is shorter would be found in other texts, too. */
const SHORTEST_PART = 6;

export function formsOf(text: string): string[] {
  const plain = [text, ...addressForms(text), asPath(text)];
  const written = plain.flatMap((each) => [each, inJson(each), ...inAddress(each)]);
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  return [...new Set([...written, ...inBase64(bytes), hex, hex.toUpperCase()])].filter((form) => form !== '');
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

function inAddress(text: string): string[] {
  // A lone half of a surrogate pair has no encoding.
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  const form = new URLSearchParams({ text }).toString().slice('text='.length);
  const lowerCase = (code: string) => code.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  const strict = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return [encoded, strict, form].flatMap((each) => [each, lowerCase(each)]);
}

/** As a part of a path: a file of that name is spoken of with single slashes. */
const asPath = (text: string) => text.replace(/\/{2,}/g, '/');

/** What is secret in an address is what comes after its host; and programs write the whole in their own way. */
function addressForms(text: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return [];
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
  const [rawPath = ''] = /(?<=^[^/]+\/\/[^/]+)\/.*/s.exec(text) ?? [];
  const parts = [rawPath, url.pathname + url.search, url.pathname, url.password, decodeOrEmpty(url.password)];
  return [url.href, ...parts.filter((part) => part.length >= 8)];
}

function decodeOrEmpty(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

function inBase64(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const parts = [0, 1, 2].map((offset) => partOf(bytes, offset)).filter((part) => part.length >= SHORTEST_PART);
  return [whole, whole.replace(/=+$/, ''), ...parts].flatMap((form) => [form, toUrlAlphabet(form)]);
}

/** The signs of base64 that depend on these bytes alone, where `offset` bytes stand before them in a group of three. */
function partOf(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}

const toUrlAlphabet = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
