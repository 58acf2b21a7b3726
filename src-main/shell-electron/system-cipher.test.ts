import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHostCipher } from './host-cipher';
import { answerCipherRequest, encryptionOf, type SafeStorage } from './system-cipher';

/** What Electron offers, with a key of this process in place of the keychain's. */
function storageWith(backend?: string, isAvailable = true): SafeStorage {
  const key = randomBytes(32);
  const iv = randomBytes(16);
  return {
    isEncryptionAvailable: () => isAvailable,
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
    encryptString(text) {
      const cipher = createCipheriv('aes-256-cbc', key, iv);
      return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    },
    decryptString(data) {
      const decipher = createDecipheriv('aes-256-cbc', key, iv);
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    },
  };
}

test.each(['gnome_libsecret', 'kwallet5'])('a keychain such as %s encrypts', (backend) => {
  expect(encryptionOf(storageWith(backend), 'linux')).toEqual({ isAvailable: true });
});

test.each(['basic_text', 'unknown', undefined])('on Linux %s is none, and said to be none', (backend) => {
  expect(encryptionOf(storageWith(backend), 'linux')).toMatchObject({
    isAvailable: false,
    why: expect.stringContaining('only disguise'),
  });
});

test('elsewhere the system has one, which may be locked', () => {
  expect(encryptionOf(storageWith(), 'darwin')).toEqual({ isAvailable: true });
  expect(encryptionOf(storageWith(undefined, false), 'win32')).toMatchObject({ isAvailable: false });
});

test('the host has its secrets encrypted by the main process, several at once', async () => {
  const storage = storageWith();
  const cipher = createHostCipher((request) => {
    // Over a port, and not in the order asked.
    setTimeout(() => cipher.hear(structuredClone(answerCipherRequest(storage, request))), request.id === 1 ? 5 : 0);
  });
  const [one = '', two = ''] = await Promise.all([cipher.encrypt('grüße'), cipher.encrypt('another')]);
  expect(one).not.toContain('gr');
  expect(await Promise.all([cipher.decrypt(two), cipher.decrypt(one)])).toEqual(['another', 'grüße']);
});

test('what cannot be decrypted is refused, and does not end anything', async () => {
  const storage = storageWith();
  const cipher = createHostCipher((request) => cipher.hear(answerCipherRequest(storage, request)));
  await expect(cipher.decrypt('AAAA')).rejects.toThrow(Error);
  expect(await cipher.decrypt(await cipher.encrypt('still here'))).toBe('still here');
});
