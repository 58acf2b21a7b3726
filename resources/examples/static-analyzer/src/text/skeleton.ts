/**
 * What a name looks like: letters of other alphabets become the Latin ones they resemble, case and separators go.
 * Two names with the same skeleton are the same to a hurried reader.
 */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'e',
  з: '3',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  п: 'n',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  ѕ: 's',
  х: 'x',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  һ: 'h',
  ӏ: 'l',
  α: 'a',
  β: 'b',
  γ: 'y',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'u',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ı: 'i',
  ɡ: 'g',
  ɩ: 'i',
  ʟ: 'l',
  ո: 'n',
  օ: 'o',
  ѵ: 'v',
  ℓ: 'l',
};

export function skeletonOf(name: string): string {
  const letters: string[] = [];
  for (const character of name.normalize('NFKD').toLowerCase()) {
    if (/[\p{M}\p{Cf}_\-. ]/u.test(character)) continue;
    letters.push(LOOKALIKES[character] ?? character);
  }
  return letters.join('');
}

/** Letters that are not Latin but look it. */
export const lookalikesIn = (name: string): string[] =>
  Array.from(name.toLowerCase()).filter((character) => character in LOOKALIKES);
