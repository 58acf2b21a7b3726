/** What main process and host process say to each other. */
import { type Static, Type } from 'typebox';

/** What the host process is started with, as JSON in its one argument. */
export interface HostStart {
  readonly version: string;
  /** Plugin folders to open. */
  readonly folders: readonly string[];
  /** Named on the command line, absolute. */
  readonly registryFile?: string | undefined;
}

export type HostOrder =
  /** A window's port comes with it. */
  { readonly kind: 'connect' } | { readonly kind: 'open-folder'; readonly folder: string } | { readonly kind: 'close' };

export const HostReportSchema = Type.Union([
  Type.Object({ kind: Type.Literal('ready') }),
  /** A folder of the command line is no plugin, or is gone. */
  Type.Object({ kind: Type.Literal('not-opened'), message: Type.String() }),
  /** It cannot start; the sentence is for the person. */
  Type.Object({ kind: Type.Literal('failed'), message: Type.String() }),
]);
export type HostReport = Static<typeof HostReportSchema>;
