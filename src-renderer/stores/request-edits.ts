/**
 * What a person changed of a generated request. Only the differences are kept, so that an edited request still takes
 * the sample's text, its id and its time from the moment of the run.
 */
export type RequestDocument = Readonly<Record<string, unknown>>;

/** By field; undefined takes the field out. `target_data` is itself a patch. */
export type RequestPatch = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

/** A field of its own, also where its name is one that every object inherits, such as __proto__. */
const own = (document: RequestDocument, name: string) => (Object.hasOwn(document, name) ? document[name] : undefined);

const setOwn = (document: Record<string, unknown>, name: string, value: unknown) =>
  Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });

function difference(from: RequestDocument, to: RequestDocument, nested: (name: string) => boolean): RequestPatch {
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [own(from, name), own(to, name)];
    if (Object.hasOwn(from, name) === Object.hasOwn(to, name) && isSame(before, after)) continue;
    const nestedPatch = nested(name) && isObject(before) && isObject(after);
    setOwn(patch, name, nestedPatch ? difference(before, after, () => false) : after);
  }
  return patch;
}

/** Undefined where nothing was changed. */
export function patchBetween(generated: RequestDocument, edited: RequestDocument): RequestPatch | undefined {
  const patch = difference(generated, edited, (name) => name === 'target_data');
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function patched(document: RequestDocument, patch: RequestPatch, nested: (name: string) => boolean): RequestDocument {
  const result: Record<string, unknown> = { ...document };
  for (const [name, value] of Object.entries(patch)) {
    const before = own(result, name);
    if (value === undefined) delete result[name];
    else
      setOwn(
        result,
        name,
        nested(name) && isObject(before) && isObject(value) ? patched(before, value, () => false) : value,
      );
  }
  return result;
}

export const applyPatch = (generated: RequestDocument, patch: RequestPatch | undefined): RequestDocument =>
  patch === undefined ? generated : patched(generated, patch, (name) => name === 'target_data');
