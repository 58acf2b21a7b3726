/** The cipher of the host process: each text goes to the main process, which alone has the system's keychain. */
import type { SecretCipher } from '../services/create-studio';
import type { CipherOrder, CipherRequest } from './host-messages';

export interface HostCipher extends SecretCipher {
  /** The main process has answered. */
  hear(answer: CipherOrder): void;
}

interface Waiting {
  resolve(value: string): void;
  reject(error: Error): void;
}

export function createHostCipher(post: (request: CipherRequest) => void): HostCipher {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const ask = (kind: CipherRequest['kind'], value: string) =>
    new Promise<string>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      post({ kind, id, value });
    });
  return {
    id: 'electron-safe-storage',
    encrypt: (text) => ask('encrypt', text),
    decrypt: (data) => ask('decrypt', data),
    hear({ id, value, error }) {
      const call = waiting.get(id);
      waiting.delete(id);
      if (value === undefined) call?.reject(new Error(error ?? 'There was no answer.'));
      else call?.resolve(value);
    },
  };
}
