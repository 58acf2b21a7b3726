/**
 * How the build and the runner see to it that a use of Node's Buffer is refused by name, while `typeof Buffer` stays
 * "undefined", by which libraries find out that they are not in Node.
 */

/** A global of the sandbox that refuses whatever is read of it. */
export const REFUSED_BUFFER = '__mcp_refused_Buffer';

const USED = ['from', 'alloc', 'allocUnsafe', 'concat', 'byteLength', 'compare', 'isBuffer', 'isEncoding', 'of'];

/** What the build puts in the place of `Buffer.from` and the like, where Buffer is no name of the plugin's own. */
export const BUFFER_USES: Readonly<Record<string, string>> = Object.fromEntries(
  ['Buffer', 'globalThis.Buffer'].flatMap((name) =>
    USED.map((use) => [`${name}.${use}`, `${REFUSED_BUFFER}.${use}`] as const),
  ),
);
