/**
 * What can keep a secret so that its file alone does not give it away. The desktop window has the system's keychain for
 * it; the other doors have none, and cannot read what it encrypted.
 */
import { Type } from 'typebox';

export interface SecretCipher {
  /** Stands beside what was encrypted, so that another door can say whose it is. */
  readonly id: string;
  /** As base64. Rejects where the system refuses, for instance because its keychain is locked. */
  encrypt(text: string): Promise<string>;
  /** Rejects where it was encrypted with another key, or the system refuses. */
  decrypt(data: string): Promise<string>;
}

/** Either something that encrypts, or why nothing does, as a half sentence for a person. */
export type SecretProtection = { readonly cipher: SecretCipher } | { readonly why?: string };

export const EncryptedSchema = Type.Object({ cipher: Type.String(), data: Type.String() });

/** A secret that is kept and cannot be read here. It goes back to where it was as it came. */
export class LockedSecret {
  constructor(
    readonly cipher: string,
    readonly data: string,
  ) {}
}
