/**
 * The system's keychain, as Electron's safeStorage offers it. It counts only where it keeps something from somebody: on
 * a Linux without a keychain Electron encrypts with a password that is in its source.
 */
import { messageOf } from '@shared/errors';
import type { CipherOrder, CipherRequest, Encryption } from './host-messages';

/** The part of Electron's safeStorage that is used; older ones do not say which backend they have. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(data: Buffer): string;
}

/** To be asked once the application is ready. */
export function encryptionOf(storage: SafeStorage, platform: NodeJS.Platform): Encryption {
  if (platform === 'linux') {
    // Before the backend is asked for nothing is known of it; an Electron that cannot be asked may have none.
    const backend = storage.getSelectedStorageBackend?.() ?? 'unknown';
    if (backend === 'basic_text' || backend === 'unknown') {
      return {
        isAvailable: false,
        why: 'this system has no keychain that could be found, and what Electron has in its place would only disguise them. Install and unlock GNOME Keyring or KWallet',
      };
    }
  }
  if (storage.isEncryptionAvailable()) return { isAvailable: true };
  return { isAvailable: false, why: "the system's keychain cannot be used. Unlock it and start the studio again" };
}

/** Does for the host what only the main process can. */
export function answerCipherRequest(storage: SafeStorage, { id, kind, value }: CipherRequest): CipherOrder {
  try {
    const done =
      kind === 'encrypt'
        ? storage.encryptString(value).toString('base64')
        : storage.decryptString(Buffer.from(value, 'base64'));
    return { kind: 'cipher', id, value: done };
  } catch (error) {
    return { kind: 'cipher', id, error: messageOf(error) };
  }
}
