/**
 * What names stand for, and from where. Bindings are added in the order of the text; of several the last one before a
 * place counts whose scope reaches the place.
 */
import type { SourceText } from '../text/source-text';
import { contains, type Span } from '../text/span';
import type { Input } from './data-flow';
import { cleanedOnTheWay, type Mention, mentionsIn } from './mentions';
import { REQUEST_SOURCES } from './request-sources';

export interface Binding {
  /** From where the name stands for it. */
  readonly position: number;
  readonly scope: Span;
  readonly input: Input | undefined;
  readonly value: Span | undefined;
}

export interface Bindings {
  add(name: string, binding: Binding): void;
  last(name: string, position: number): Binding | undefined;
  /** Input that an expression reads itself or holds by name. */
  inputsIn(span: Span): Input[];
}

/** How many bindings of a name are looked at: a name that is bound more often in other places means nothing here. */
const MOST_BINDINGS = 500;

/** @param mayHoldInput false where no input enters the text, which saves looking for it. */
export function createBindings(source: SourceText, mayHoldInput: boolean): Bindings {
  const known = new Map<string, Binding[]>();
  const sources = REQUEST_SOURCES[source.language];

  function last(name: string, position: number): Binding | undefined {
    const bindings = known.get(name) ?? [];
    const from = lastBefore(bindings, position);
    for (let index = from; index >= Math.max(0, from - MOST_BINDINGS); index--) {
      const binding = bindings[index]!;
      if (binding.position <= position && contains(binding.scope, position)) return binding;
    }
    return undefined;
  }

  function originOf({ text, isSource }: Mention, position: number): Omit<Input, 'direct'> | undefined {
    return isSource ? { source: text, position, cleanFor: [] } : last(text, position)?.input;
  }

  return {
    last,
    add(name, binding) {
      const bindings = known.get(name);
      if (bindings === undefined) known.set(name, [binding]);
      else bindings.push(binding);
    },
    inputsIn({ start, end }) {
      if (!mayHoldInput) return [];
      const text = source.bare.slice(start, end);
      return mentionsIn(text, sources).flatMap((mention): Input[] => {
        const origin = originOf(mention, start + mention.start);
        const cleaned = origin === undefined ? undefined : cleanedOnTheWay(text, mention);
        if (origin === undefined || cleaned === undefined) return [];
        return [{ ...origin, direct: mention.isSource, cleanFor: [...origin.cleanFor, ...cleaned] }];
      });
    },
  };
}

/** Index of the last binding that begins at or before the position. */
function lastBefore(bindings: readonly Binding[], position: number): number {
  let low = 0;
  let high = bindings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bindings[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
