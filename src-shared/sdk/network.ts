/**
 * The network, with the permission `network_access`, host by host as the person granted. A name that leads to an
 * address of this machine or of a private network is refused, unless that is what was granted. Every call throws
 * SecurityError where it is not granted.
 */

/** What `fetch` is told besides the address. */
export interface FetchOptions {
  /** GET where it is left out. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Every hop of a redirect needs a grant of its own. */
  redirect?: 'follow' | 'manual' | 'error';
  /** In milliseconds; 30,000 where it is left out. */
  timeout?: number;
}

/** An answer over HTTP, whole. */
export interface FetchResponse {
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly redirected: boolean;
  readonly headers: {
    /** @param name In any case. */
    get(name: string): string | null;
    has(name: string): boolean;
    entries(): IterableIterator<[string, string]>;
  };
  text(): Promise<string>;
  json(): Promise<unknown>;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** An open TCP connection. It is closed with the plugin's process at the latest. */
export interface TcpConnection {
  /** That was connected to. */
  readonly address: string;
  /**
   * Waits for something to read.
   * @param timeout In milliseconds. @returns undefined at the end. @throws TimeoutError
   */
  read(timeout?: number): Promise<Uint8Array | undefined>;
  write(content: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The network API of a plugin. `fetch` is also there as a global. */
export interface PluginNetwork {
  /** @throws ResourceError for an answer of more than 24 MB. TimeoutError. PluginError where no answer came. */
  fetch(url: string | { readonly href: string }, options?: FetchOptions): Promise<FetchResponse>;
  /** @param target `timeout` in milliseconds, 10,000 where it is left out. @throws TimeoutError, PluginError */
  connect(target: { host: string; port: number; tls?: boolean; timeout?: number }): Promise<TcpConnection>;
  /** Sends one datagram; whether it arrives is not known. */
  sendDatagram(target: { host: string; port: number }, content: string | Uint8Array): Promise<void>;
}
