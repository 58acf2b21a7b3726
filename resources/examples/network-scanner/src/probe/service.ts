/** What is known of the service behind an open port. */
export interface Service {
  /** Such as ssh or http; `unknown` where nothing could be told. */
  readonly name: string;
  readonly product?: string;
  readonly version?: string;
  /** What it said first, readable and cut. */
  readonly banner?: string;
  /** TLS is spoken from the first byte on. */
  readonly tls?: TlsInfo;
  /** Anything else, by the names that rules know. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

export interface TlsInfo {
  /** The version that the server chose out of what was offered: up to TLS 1.2. Undefined where it wants a newer one. */
  readonly version?: string;
  /** Why a client would not trust the certificate. */
  readonly problem?: string;
}

/** An open port and who is there. */
export interface OpenPort {
  readonly host: string;
  readonly port: number;
  /** That was connected to. */
  readonly address: string;
  readonly service: Service;
}
