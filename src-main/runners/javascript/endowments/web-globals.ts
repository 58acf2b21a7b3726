/** The parts of the web platform that need nothing of the outside. Functions are wrapped, classes get hardened. */
import { randomUUID, webcrypto } from 'node:crypto';

const CLONEABLE_MESSAGE = 'structuredClone copies data only; the value holds something else, such as a function.';

function cloneData(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new TypeError(CLONEABLE_MESSAGE);
  }
}

/** Node's own errors here are of classes that no one froze. */
function decodeBase64(text: unknown): string {
  try {
    return atob(String(text));
  } catch {
    throw new TypeError('atob needs base64 text; this is none.');
  }
}

function encodeBase64(text: unknown): string {
  try {
    return btoa(String(text));
  } catch {
    throw new TypeError('btoa takes characters up to U+00FF. Encode the text with TextEncoder first.');
  }
}

function fillRandom(values: unknown): unknown {
  if (!ArrayBuffer.isView(values) || values instanceof DataView || values.byteLength > 65_536) {
    throw new TypeError('crypto.getRandomValues needs an integer array of at most 65,536 bytes.');
  }
  webcrypto.getRandomValues(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return values;
}

export const webGlobals = (): Record<string, unknown> => ({
  Date,
  Math,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  structuredClone: (value: unknown) => cloneData(value),
  atob: (text: unknown) => decodeBase64(text),
  btoa: (text: unknown) => encodeBase64(text),
  crypto: {
    getRandomValues: (values: unknown) => fillRandom(values),
    randomUUID: () => randomUUID(),
  },
});
