/** What a test threw, as data that can leave the sandbox. */
import { diff } from '@vitest/utils/diff';
import { stringify } from '@vitest/utils/display';

/** Why a test failed. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** As the engine wrote it, in the bundle's lines. */
  readonly stack: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Lines that begin with - (expected), + (actual) or a blank. */
  readonly diff?: string;
}

const LONGEST_TEXT = 20_000;
const DEEPEST = 10;

const plain = (text: string) => text;
const PLAIN = {
  aAnnotation: 'Expected',
  aColor: plain,
  bAnnotation: 'Actual',
  bColor: plain,
  changeColor: plain,
  commonColor: plain,
  patchColor: plain,
  contextLines: 3,
  expand: false,
  includeChangeCounts: false,
  omitAnnotationLines: true,
  truncateThreshold: 2000,
} as const;

const cut = (text: string) => (text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}\n…`);

/** Whatever a value does when it is looked at, this returns. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const print = (value: unknown) => attempt(() => cut(stringify(value, DEEPEST)));

/** Only where there is more than one line to compare, else the message has said it. */
function compare(expected: unknown, actual: unknown): string | undefined {
  const text = attempt(() => diff(expected, actual, PLAIN));
  return text?.includes('\n') ? cut(text) : undefined;
}

function comparisonOf(thrown: object): Pick<Failure, 'expected' | 'actual' | 'diff'> {
  const { actual, expected, showDiff } = thrown as { actual?: unknown; expected?: unknown; showDiff?: unknown };
  if (!('actual' in thrown) || !('expected' in thrown) || showDiff === false) return {};
  const difference = compare(expected, actual);
  return {
    ...(print(expected) === undefined ? {} : { expected: print(expected) }),
    ...(print(actual) === undefined ? {} : { actual: print(actual) }),
    ...(difference === undefined ? {} : { diff: difference }),
  };
}

export function describeFailure(thrown: unknown): Failure {
  if (typeof thrown !== 'object' || thrown === null) {
    return { name: 'Error', message: `The test threw ${print(thrown) ?? 'something'}`, stack: '' };
  }
  const { name, message, stack } = thrown as { name?: unknown; message?: unknown; stack?: unknown };
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: cut(typeof message === 'string' ? message : `The test threw ${print(thrown) ?? 'an object'}`),
    stack: typeof stack === 'string' ? cut(stack) : '',
    ...comparisonOf(thrown),
  };
}
