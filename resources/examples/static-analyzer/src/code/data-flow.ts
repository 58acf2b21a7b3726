/**
 * Follows input from where it enters to where it is used, by name, inside one function and the file around it. It
 * knows no types and no other files; what it says is a reason to look, with the place where the input came from.
 */
import type { SourceText } from '../text/source-text';
import { contains, type Span } from '../text/span';
import { type Assignment, findAssignments } from './assignments';
import type { SinkKind } from './cleaners';
import { type FunctionSpan, type Functions, findFunctions } from './functions';
import { isGuarded } from './guards';
import { inputParameters } from './input-parameters';
import { isLiteral } from './literal';
import { cleanedOnTheWay, type Mention, mentionsIn } from './mentions';
import { REQUEST_SOURCES } from './request-sources';

/** Input from outside that reaches a place. */
export interface Input {
  /** The expression that read it, such as `request.args`. */
  readonly source: string;
  /** Where it was read. */
  readonly position: number;
  /** Whether it is read in this very place, not carried here by a name. */
  readonly direct: boolean;
  /** What it is no longer dangerous to. */
  readonly cleanFor: readonly SinkKind[];
}

export interface DataFlow {
  readonly functions: Functions;
  /** The input that the expression holds and that is dangerous to this kind of sink. */
  inputIn(span: Span, sink: SinkKind): Input | undefined;
  /** The expression that gave the name its value, as seen from a place. */
  valueOf(name: string, position: number): Span | undefined;
}

interface Binding {
  readonly position: number;
  readonly scope: Span;
  readonly input: Input | undefined;
  readonly value: Span | undefined;
}

/**
 * Nothing is worked out before a rule asks: most files hold no place where input could do harm.
 * @param followNames without it only what is read in the very place counts.
 */
export function createDataFlow(source: SourceText, followNames: boolean): DataFlow {
  const functions = once(() => findFunctions(source));
  const bindings = once(() => (followNames ? bindNames(source, functions()) : createBindings(source)));
  return {
    get functions() {
      return functions();
    },
    inputIn(span, sink) {
      const scope = functions().at(span.start) ?? wholeFile(source);
      const inputs = bindings().inputsIn(span);
      return inputs.find((input) => !input.cleanFor.includes(sink) && !isGuarded(source, span, scope, sink));
    },
    valueOf: (name, position) => bindings().last(name, position)?.value,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What every name stands for, from where. */
function bindNames(source: SourceText, functions: Functions): Bindings {
  const bindings = createBindings(source);
  const parameters = functions.all.flatMap((each) => inputParameters(source, each).map((name) => ({ name, each })));
  const sources = REQUEST_SOURCES[source.language];
  const mayHoldInput = parameters.length > 0 || (sources !== undefined && source.bare.search(sources) >= 0);
  for (const { name, each } of parameters) bindings.add(name, parameterBinding(name, each));
  for (const each of findAssignments(source)) {
    for (const { name, binding } of assignmentBindings(source, functions, bindings, each, mayHoldInput)) {
      bindings.add(name, binding);
    }
  }
  return bindings;
}

function parameterBinding(parameter: string, { name, parameters, start, end }: FunctionSpan): Binding {
  const source = `parameter ${parameter} of ${name}`;
  const input: Input = { source, position: parameters.start, direct: false, cleanFor: [] };
  return { position: start, scope: { start, end }, input, value: undefined };
}

function assignmentBindings(
  source: SourceText,
  functions: Functions,
  bindings: Bindings,
  { names, start, value, adds }: Assignment,
  mayHoldInput: boolean,
): { name: string; binding: Binding }[] {
  const [input] = mayHoldInput ? bindings.inputsIn(value) : [];
  const scope = functions.at(start) ?? wholeFile(source);
  const keeps = adds || isLiteral(source, value);
  return names.map((name) => {
    const before = keeps ? bindings.last(name, start)?.input : undefined;
    return { name, binding: { position: value.end, scope, input: input ?? before, value } };
  });
}

interface Bindings {
  add(name: string, binding: Binding): void;
  /** What the name stands for at a place: the last binding before it whose scope reaches it. */
  last(name: string, position: number): Binding | undefined;
  inputsIn(span: Span): Input[];
}

function createBindings(source: SourceText): Bindings {
  const known = new Map<string, Binding[]>();
  const sources = REQUEST_SOURCES[source.language];

  function last(name: string, position: number): Binding | undefined {
    const bindings = known.get(name) ?? [];
    for (let index = bindings.length - 1; index >= 0; index--) {
      const { scope, position: bound } = bindings[index]!;
      if (bound <= position && contains(scope, position)) return bindings[index];
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

const wholeFile = ({ content }: SourceText): Span => ({ start: 0, end: content.length + 1 });
