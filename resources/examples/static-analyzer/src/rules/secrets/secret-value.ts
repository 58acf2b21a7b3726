/**
 * Judges whether a value that is called a secret is one. Three tests, each from real misses: it must not stand for
 * something else, must not be words, and must be as irregular as something that a machine made.
 */
import { entropyOf } from '../../text/entropy';
import { isPlaceholder } from './placeholder';

interface Judgement {
  readonly entropy: number;
  readonly kind: 'random' | 'password';
}

/** Words with separators: names of fields, translation keys, paths, sentences. */
const WORDS = /^[A-Za-z]+(?:[-_./: ][A-Za-z]*)*[0-9]{0,2}[.!?:]?$/;
const NOT_SECRET =
  /^(?:https?|wss?|ftp|data|blob|file):|^[./~]|^[\w-]{1,40}\(|^\d{1,12}$|^#[\da-f]{3,8}$|[<>{}]|^\w+\/[\w.+-]+$|,\s|\s.*\s/i;

/**
 * @param password whether people think of such values: those are shorter and less random than keys.
 * @returns undefined where it is no secret.
 */
export function judgeSecret(value: string, password: boolean, threshold: number): Judgement | undefined {
  if (value.length < 8 || value.length > 400 || isPlaceholder(value)) return undefined;
  if (WORDS.test(value) || NOT_SECRET.test(value)) return undefined;
  const entropy = entropyOf(value);
  if (isIdentifier(value)) return undefined;
  if (value.length >= 16 && entropy >= threshold && /\d/.test(value) && /[A-Za-z]/.test(value))
    return { entropy, kind: 'random' };
  if (password && kindsOfCharacters(value) >= 3) return { entropy, kind: 'password' };
  return undefined;
}

/** Words of a program run together, such as `V1ServiceAccountToken`: in random text the runs of letters are short. */
function isIdentifier(value: string): boolean {
  const word = /[A-Z]?[a-z]+|[A-Z]+/g;
  let words = 0;
  let letters = 0;
  for (let found = word.exec(value); found !== null; found = word.exec(value)) {
    words++;
    letters += found[0].length;
  }
  const digits = value.length - [...value].filter((character) => !/\d/.test(character)).length;
  return /^[\w.:[\]/-]+$/.test(value) && digits <= 3 && words > 0 && letters / words >= 4;
}

const kindsOfCharacters = (value: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].filter((kind) => kind.test(value)).length;
