/**
 * Broken forms of good messages, for tests of what hears them: values of other types, fields that are gone, named
 * __proto__ or said twice, values 20,000 levels deep, text that is cut off or is no UTF-8. The same seed makes the
 * same messages.
 */
import fc from 'fast-check';

/** Fixed, so that every run is the same; FUZZ_SEED takes another. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

export const HOW_MANY = 20_000;
const LEVELS = 20_000;

const deep = (open: string, close: string) => open.repeat(LEVELS) + close.repeat(LEVELS);

/** As JSON, since not all of it can be a value. */
const ODD_JSON = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e308',
  '1e999',
  '-0',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '"x"',
  '"__proto__"',
  '"constructor"',
  '"../../../../etc/passwd"',
  '"\\u0000"',
  '"\\ud800"',
  '"\u202e"',
  `"${'long'.repeat(5000)}"`,
  '[]',
  '[[]]',
  '[[[]],[[],[]]]',
  '{}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":1}',
  '{"length":1e9}',
  '{"then":"x"}',
  '{"toJSON":"x"}',
  `[${'0,'.repeat(3000)}0]`,
];
const DEEP_JSON = [deep('[', ']'), deep('{"a":', '}').replace('}', '1}')];

type Path = readonly (string | number)[];

/** Every place in a value, the value itself first. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

/** The JSON of a value with other JSON in one place of it. */
function withJson(value: unknown, path: Path, json: string): string {
  const [key, ...rest] = path;
  if (key === undefined) return json;
  const entries = Object.entries(value as object).map(([name, child]) => {
    const text = name === key ? withJson(child, rest, json) : JSON.stringify(child);
    return Array.isArray(value) ? text : `${JSON.stringify(name)}:${text}`;
  });
  return Array.isArray(value) ? `[${entries.join(',')}]` : `{${entries.join(',')}}`;
}

const without = (value: unknown, path: Path): unknown => {
  const copy = structuredClone(value);
  const owner = path.slice(0, -1).reduce<unknown>((inside, key) => (inside as Record<string, unknown>)[key], copy);
  delete (owner as Record<string, unknown>)[path.at(-1) as string];
  return copy;
};

const withField = (json: string, name: string, value: string) =>
  json.startsWith('{') && json !== '{}' ? `{"${name}":${value},${json.slice(1)}` : json;

/** Messages as bytes, each good or broken in one way or two. */
function mutationsOf(good: readonly object[]): fc.Arbitrary<Buffer> {
  const odd = fc.oneof(
    { weight: 300, arbitrary: fc.constantFrom(...ODD_JSON) },
    { weight: 100, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom(...DEEP_JSON) },
  );
  const chance = fc.nat({ max: 1_000_000 });
  const mutated = fc.tuple(fc.constantFrom(...good), chance, odd).chain(([message, place, json]) => {
    const places = placesIn(message);
    const path = places[place % places.length] as Path;
    const plain = JSON.stringify(message);
    return fc.oneof(
      { weight: 8, arbitrary: fc.constant(withJson(message, path, json)) },
      { weight: 2, arbitrary: fc.constant(path.length === 0 ? json : JSON.stringify(without(message, path))) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom('__proto__', 'constructor', 'kind', 'id', 'x')
          .map((name) => withField(plain, name, json)),
      },
      { weight: 1, arbitrary: fc.constant(plain) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          `[${plain},${plain},${plain}]`,
          `[[${plain}]]`,
          `[[[${plain}],${plain}]]`,
          `{"0":${plain}}`,
        ),
      },
      { weight: 1, arbitrary: fc.nat({ max: plain.length }).map((length) => plain.slice(0, length)) },
      { weight: 1, arbitrary: fc.nat({ max: plain.length }).map((at) => plain.slice(0, at) + plain.slice(at + 1)) },
    );
  });
  const text = mutated.map((json) => Buffer.from(json.replaceAll('\n', ' ')));
  const brokenBytes = fc.tuple(text, chance, fc.constantFrom(0xff, 0xc0, 0x80, 0xed, 0x00)).map(([bytes, at, byte]) => {
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return bytes;
  });
  return fc.oneof({ weight: 12, arbitrary: text }, { weight: 1, arbitrary: brokenBytes });
}

/** @param good Messages that are understood. */
export const sampleOf = (good: readonly object[], count = HOW_MANY): Buffer[] =>
  fc.sample(mutationsOf(good), { numRuns: count, seed: SEED });
