/** What main process and host process say to each other. */
import { type Static, Type } from 'typebox';

/** Whether secrets are encrypted; where not, why, as a half sentence for a person. */
export type Encryption = { readonly isAvailable: true } | { readonly isAvailable: false; readonly why: string };

/** What the host process is started with, as JSON in its one argument. */
export interface HostStart {
  readonly version: string;
  /** Plugin folders to open. */
  readonly folders: readonly string[];
  /** Named on the command line, absolute. */
  readonly registryFile?: string | undefined;
  /** Whether the main process can encrypt secrets. */
  readonly encryption: Encryption;
}

/** What became of a CipherRequest: the text, or data as base64; or why not. */
export interface CipherOrder {
  readonly kind: 'cipher';
  readonly id: number;
  readonly value?: string;
  readonly error?: string;
}

export type HostOrder =
  /** A window's port comes with it. */
  | { readonly kind: 'connect' }
  | { readonly kind: 'open-folder'; readonly folder: string }
  | { readonly kind: 'close' }
  | CipherOrder;

/** Asks the main process to encrypt a text, or to decrypt data that is base64. */
export const CipherRequestSchema = Type.Object({
  kind: Type.Union([Type.Literal('encrypt'), Type.Literal('decrypt')]),
  id: Type.Integer({ minimum: 1 }),
  value: Type.String(),
});
export type CipherRequest = Static<typeof CipherRequestSchema>;

export const HostReportSchema = Type.Union([
  Type.Object({ kind: Type.Literal('ready') }),
  /** A folder of the command line is no plugin, or is gone. */
  Type.Object({ kind: Type.Literal('not-opened'), message: Type.String() }),
  /** It cannot start; the sentence is for the person. */
  Type.Object({ kind: Type.Literal('failed'), message: Type.String() }),
  CipherRequestSchema,
]);
export type HostReport = Static<typeof HostReportSchema>;
