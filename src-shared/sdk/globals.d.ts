/**
 * What plugin code finds in its sandbox besides the language itself. No DOM and no Node: `process`,
 * `require` and their like throw a SecurityError that says what to use instead.
 */
import type { FetchOptions, FetchResponse } from './network';

declare global {
  /** Writes to the plugin's log, as `this.logger` does. */
  interface Console {
    debug(...parts: unknown[]): void;
    log(...parts: unknown[]): void;
    info(...parts: unknown[]): void;
    warn(...parts: unknown[]): void;
    error(...parts: unknown[]): void;
  }
  var console: Console;

  /** @param delay In milliseconds. @returns The number that clearTimeout takes. */
  function setTimeout<Args extends unknown[]>(callback: (...args: Args) => void, delay?: number, ...args: Args): number;
  function clearTimeout(timer: number | undefined): void;
  /** @param delay In milliseconds. @returns The number that clearInterval takes. */
  function setInterval<Args extends unknown[]>(
    callback: (...args: Args) => void,
    delay?: number,
    ...args: Args
  ): number;
  function clearInterval(timer: number | undefined): void;
  /** As `network.fetch`: needs the permission `network_access`, and a grant for the host. */
  function fetch(url: string | URL, options?: FetchOptions): Promise<FetchResponse>;
  function queueMicrotask(callback: () => void): void;
  function structuredClone<Value>(value: Value): Value;

  /** Decodes base64 to a string with a character a byte. */
  function atob(text: string): string;
  /** Encodes a string with a character a byte as base64. */
  function btoa(text: string): string;

  interface TextEncoder {
    readonly encoding: string;
    encode(text?: string): Uint8Array;
  }
  var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

  interface TextDecoder {
    readonly encoding: string;
    readonly fatal: boolean;
    readonly ignoreBOM: boolean;
    decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
  }
  var TextDecoder: {
    prototype: TextDecoder;
    new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
  };

  interface URLSearchParams extends Iterable<[string, string]> {
    readonly size: number;
    append(name: string, value: string): void;
    delete(name: string, value?: string): void;
    entries(): IterableIterator<[string, string]>;
    forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void;
    get(name: string): string | null;
    getAll(name: string): string[];
    has(name: string, value?: string): boolean;
    keys(): IterableIterator<string>;
    set(name: string, value: string): void;
    sort(): void;
    toString(): string;
    values(): IterableIterator<string>;
  }
  var URLSearchParams: {
    prototype: URLSearchParams;
    new (init?: string | Record<string, string> | Iterable<[string, string]> | URLSearchParams): URLSearchParams;
  };

  interface URL {
    hash: string;
    host: string;
    hostname: string;
    href: string;
    readonly origin: string;
    password: string;
    pathname: string;
    port: string;
    protocol: string;
    search: string;
    readonly searchParams: URLSearchParams;
    username: string;
    toJSON(): string;
    toString(): string;
  }
  var URL: { prototype: URL; new (url: string | URL, base?: string | URL): URL };

  interface Crypto {
    /** Fills the array with random values; at most 65,536 bytes at a time. */
    getRandomValues<Values extends ArrayBufferView>(values: Values): Values;
    /** A random UUID (version 4). */
    randomUUID(): string;
  }
  var crypto: Crypto;
}
