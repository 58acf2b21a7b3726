/**
 * Packs a few files into an asar archive, the format that Electron loads its default application from: a header that
 * says where each file lies, in the framing of Chromium's pickle, then the files.
 */

/** @param {Readonly<Record<string, Uint8Array>>} files by name; no folders. */
export function packAsar(files) {
  const entries = {};
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    entries[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
  }
  const header = Buffer.from(JSON.stringify({ files: entries }));
  const padded = Math.ceil(header.length / 4) * 4;
  const prefix = Buffer.alloc(16 + padded);
  // A pickle that holds the size of the next one, which holds the header as a string.
  prefix.writeUInt32LE(4, 0);
  prefix.writeUInt32LE(padded + 8, 4);
  prefix.writeUInt32LE(padded + 4, 8);
  prefix.writeUInt32LE(header.length, 12);
  header.copy(prefix, 16);
  return Buffer.concat([prefix, ...Object.values(files)]);
}
