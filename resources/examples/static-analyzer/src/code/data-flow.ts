/**
 * Follows input from where it enters to where it is used, by name, inside one function and the file around it. It
 * knows no types and no other files; what it says is a reason to look, with the place where the input came from.
 */
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';
import { type Assignment, findAssignments } from './assignments';
import { type Binding, type Bindings, createBindings } from './bindings';
import type { SinkKind } from './cleaners';
import { type FunctionSpan, type Functions, findFunctions } from './functions';
import { isGuarded } from './guards';
import { inputParameters } from './input-parameters';
import { isLiteral } from './literal';
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

/**
 * Nothing is worked out before a rule asks: most files hold no place where input could do harm.
 * @param followNames without it only what is read in the very place counts.
 */
export function createDataFlow(source: SourceText, followNames: boolean): DataFlow {
  const functions = once(() => findFunctions(source));
  const bindings = once(() => (followNames ? bindNames(source, functions()) : createBindings(source, true)));
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
  const parameters = functions.all.flatMap((each) => inputParameters(source, each).map((name) => ({ name, each })));
  const sources = REQUEST_SOURCES[source.language];
  const mayHoldInput = parameters.length > 0 || (sources !== undefined && source.bare.search(sources) >= 0);
  const bindings = createBindings(source, mayHoldInput);
  let next = 0;
  for (const each of findAssignments(source)) {
    while (next < parameters.length && parameters[next]!.each.start <= each.start) addParameter(parameters[next++]!);
    const scope = functions.at(each.start) ?? wholeFile(source);
    for (const name of each.names) bindings.add(name, assignmentBinding(source, bindings, each, name, scope));
  }
  for (const parameter of parameters.slice(next)) addParameter(parameter);
  return bindings;

  function addParameter({ name, each }: { name: string; each: FunctionSpan }): void {
    bindings.add(name, parameterBinding(name, each));
  }
}

function parameterBinding(parameter: string, { name, parameters, start, end }: FunctionSpan): Binding {
  const source = `parameter ${parameter} of ${name}`;
  const input: Input = { source, position: parameters.start, direct: false, cleanFor: [] };
  return { position: start, scope: { start, end }, input, value: undefined };
}

function assignmentBinding(
  source: SourceText,
  bindings: Bindings,
  { start, value, adds }: Assignment,
  name: string,
  scope: Span,
): Binding {
  const keeps = adds || isLiteral(source, value);
  const before = keeps ? bindings.last(name, start)?.input : undefined;
  return { position: value.end, scope, input: bindings.inputsIn(value)[0] ?? before, value };
}

const wholeFile = ({ content }: SourceText): Span => ({ start: 0, end: content.length + 1 });
