/**
 * A plugin's value as plain JSON data, before it leaves the process. Every property is read once; what JSON would
 * silently drop or bend is an error that says where it is. Plugin code may run in here (getters, toJSON), so nothing of
 * the original is looked at twice.
 */
import { VALUE_DEPTH, VALUE_LIMIT } from '@shared/contracts/runner-limits';

/** JSON takes at most this many bytes for one character. */
const BYTES_A_CHARACTER = 6;

/** A value that cannot travel. Its name is one of the contract's exceptions, so plugins can tell it apart. */
export class UnsendableError extends Error {
  override readonly name = 'ValidationError';
}

interface Walk {
  readonly name: string;
  /** The way to what is being copied now. */
  readonly keys: (string | number)[];
  /** The objects on that way, with how far along it they are. */
  readonly open: Map<object, number>;
  /** Characters so far; the JSON has at least as many bytes. */
  used: number;
}

const step = (key: string | number) => {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
};

const pathOf = ({ name, keys }: Walk, depth = keys.length) => name + keys.slice(0, depth).map(step).join('');

const unsendable = (walk: Walk, why: string) => new UnsendableError(`${pathOf(walk)} cannot leave the plugin: ${why}`);

const tooLarge = `the whole value takes more than ${VALUE_LIMIT / 1024 / 1024} MB. Send less, or in parts.`;

function spend(walk: Walk, characters: number) {
  walk.used += characters;
  if (walk.used > VALUE_LIMIT) throw unsendable(walk, tooLarge);
}

function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return String(value).length;
  return value === undefined ? 0 : 4;
}

function copyPrimitive(value: unknown, walk: Walk): unknown {
  spend(walk, charactersOf(value));
  if (typeof value === 'bigint') throw unsendable(walk, 'it is a BigInt. Send it as text.');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw unsendable(walk, `it is ${value}. Send null or text.`);
  if (typeof value === 'function') throw unsendable(walk, 'it is a function.');
  if (typeof value === 'symbol') throw unsendable(walk, 'it is a symbol.');
  return value;
}

const WHY_NOT: readonly [abstract new (...args: never[]) => object, string][] = [
  [Map, 'it is a Map. Send Object.fromEntries(…) of it.'],
  [Set, 'it is a Set. Send […] of it.'],
  [Promise, 'it is a Promise. Await it first.'],
  [RegExp, 'it is a RegExp. Send its source.'],
  [ArrayBuffer, 'it is binary data. Send it as base64 text.'],
];

function refuseUnsendable(value: object, walk: Walk) {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === Array.prototype || prototype === null) return;
  const [, why] = WHY_NOT.find(([type]) => value instanceof type) ?? [];
  if (why !== undefined) throw unsendable(walk, why);
  if (ArrayBuffer.isView(value)) throw unsendable(walk, 'it is binary data. Send Array.from(…) of it, or base64 text.');
}

function copyAt(key: string | number, value: unknown, walk: Walk): unknown {
  walk.keys.push(key);
  const copied = copy(value, walk);
  walk.keys.pop();
  return copied;
}

function copyArray(value: readonly unknown[], walk: Walk): unknown[] {
  const items: unknown[] = [];
  const { length } = value;
  spend(walk, length);
  for (let index = 0; index < length; index++) items.push(copyAt(index, value[index], walk) ?? null);
  return items;
}

function copyFields(value: object, walk: Walk): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw unsendable(walk, 'it has a field "__proto__". Give the field another name.');
    spend(walk, key.length + 3);
    const field = copyAt(key, (value as Record<string, unknown>)[key], walk);
    if (field !== undefined) fields[key] = field;
  }
  return fields;
}

function copyObject(value: object, walk: Walk): unknown {
  const around = walk.open.get(value);
  if (around !== undefined) {
    throw unsendable(walk, `it is ${pathOf(walk, around)} again, so the value has no end.`);
  }
  if (walk.open.size >= VALUE_DEPTH) throw unsendable(walk, `it is more than ${VALUE_DEPTH} levels deep.`);
  refuseUnsendable(value, walk);
  spend(walk, 2);
  walk.open.set(value, walk.keys.length);
  const { toJSON } = value as { toJSON?: unknown };
  const copied =
    typeof toJSON === 'function'
      ? copy(toJSON.call(value, ''), walk)
      : Array.isArray(value)
        ? copyArray(value, walk)
        : copyFields(value, walk);
  walk.open.delete(value);
  return copied;
}

const copy = (value: unknown, walk: Walk): unknown =>
  typeof value === 'object' && value !== null ? copyObject(value, walk) : copyPrimitive(value, walk);

/**
 * @param name What the value is called in the message of an error, such as `result`.
 * @throws UnsendableError where it cannot travel; whatever a getter or toJSON of the plugin throws.
 */
export function toJsonValue(value: unknown, name: string): unknown {
  const walk: Walk = { name, keys: [], open: new Map(), used: 0 };
  const copied = copy(value, walk);
  if (walk.used * BYTES_A_CHARACTER > VALUE_LIMIT && Buffer.byteLength(JSON.stringify(copied)) > VALUE_LIMIT) {
    throw unsendable(walk, tooLarge);
  }
  return copied;
}
