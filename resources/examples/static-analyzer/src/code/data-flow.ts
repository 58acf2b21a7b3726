/**
 * Follows input from where it enters to where it is used, by name, inside one function and the file around it. It
 * knows no types and no other files; what it says is a reason to look, with the place where the input came from.
 */
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';
import { type Assignment, findAssignments } from './assignments';
import { effectOfCall, type SinkKind } from './cleaners';
import { type FunctionSpan, type Functions, findFunctions } from './functions';
import { isGuarded } from './guards';
import { inputParameters } from './input-parameters';
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

/** Without data flow only what is read in the very place counts. */
export function createDataFlow(source: SourceText, followNames: boolean): DataFlow {
  const functions = findFunctions(source);
  const file: Span = { start: 0, end: source.content.length + 1 };
  const bindings = new Map<string, Binding[]>();
  const sources = REQUEST_SOURCES[source.language];
  const scopeAt = (position: number): Span => functions.at(position) ?? file;

  function bind(name: string, binding: Binding): void {
    const known = bindings.get(name);
    if (known === undefined) bindings.set(name, [binding]);
    else known.push(binding);
  }

  function lastBinding(name: string, position: number): Binding | undefined {
    const known = bindings.get(name) ?? [];
    for (let index = known.length - 1; index >= 0; index--) {
      const { scope, position: bound } = known[index]!;
      if (bound <= position && scope.start <= position && position < scope.end) return known[index];
    }
    return undefined;
  }

  function inputsIn(span: Span): Input[] {
    const text = source.bare.slice(span.start, span.end);
    const found: Input[] = [];
    for (const mention of mentionsIn(text, sources)) {
      const position = span.start + mention.start;
      const bound = mention.isSource ? undefined : lastBinding(mention.text, position)?.input;
      const origin = mention.isSource ? { source: mention.text, position, cleanFor: [] } : bound;
      if (origin === undefined) continue;
      const cleaned = cleanedOnTheWay(text, mention);
      if (cleaned === undefined) continue;
      found.push({ ...origin, direct: mention.isSource, cleanFor: [...origin.cleanFor, ...cleaned] });
    }
    return found;
  }

  function bindParameters(each: FunctionSpan): void {
    const { parameters, start, end, name } = each;
    for (const parameter of inputParameters(source, each)) {
      const input: Input = {
        source: `parameter ${parameter} of ${name}`,
        position: parameters.start,
        direct: false,
        cleanFor: [],
      };
      bind(parameter, { position: start, scope: { start, end }, input, value: undefined });
    }
  }

  function bindAssignment({ names, start, value, adds }: Assignment): void {
    const [first] = inputsIn(value);
    const scope = scopeAt(start);
    for (const name of names) {
      const before = lastBinding(name, start)?.input;
      const keeps = adds || isLiteral(source, value);
      bind(name, { position: value.end, scope, input: first ?? (keeps ? before : undefined), value });
    }
  }

  if (followNames) {
    for (const each of functions.all) bindParameters(each);
    for (const each of findAssignments(source)) bindAssignment(each);
  }
  return {
    functions,
    inputIn(span, sink) {
      const scope = scopeAt(span.start);
      return inputsIn(span).find((input) => !input.cleanFor.includes(sink) && !isGuarded(source, span, scope, sink));
    },
    valueOf: (name, position) => lastBinding(name, position)?.value,
  };
}

interface Mention {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isSource: boolean;
}

const NAME = /(?<![\w$.]|->)\$?[A-Za-z_$][\w$]*(?!\s*(?:\(|=(?![=>])))/g;

/** Sources of input and names, in order; a name that is compared or looked up is no mention. */
function mentionsIn(text: string, sources: RegExp | undefined): Mention[] {
  const mentions: Mention[] = [];
  if (sources !== undefined) collect(sources, true);
  collect(NAME, false);
  return mentions;

  function collect(expression: RegExp, isSource: boolean): void {
    expression.lastIndex = 0;
    for (let found = expression.exec(text); found !== null; found = expression.exec(text)) {
      const mention = { text: found[0], start: found.index, end: found.index + found[0].length, isSource };
      if (!isCompared(text, mention)) mentions.push(mention);
    }
  }
}

const COMPARED_AFTER = /^[\w.$[\]]{0,80}\s{0,4}(?:[!=]==?|[<>]=?\s|\b(?:not\s+)?in\b|\bis\b|instanceof\b)/;
const COMPARED_BEFORE = /(?:[!=]==?|\s[<>]=?|\bin|\btypeof|\bnot)\s{0,4}$/;

const isCompared = (text: string, { start, end }: Mention): boolean =>
  COMPARED_AFTER.test(text.slice(end, end + 120)) || COMPARED_BEFORE.test(text.slice(Math.max(0, start - 12), start));

/** What the calls around a mention clean it for; undefined where nothing of it comes out. */
function cleanedOnTheWay(text: string, mention: Mention): SinkKind[] | undefined {
  const cleaned: SinkKind[] = [];
  for (const callee of enclosingCalls(text, mention.start)) {
    if (callee === '[') return undefined;
    const effect = effectOfCall(callee);
    if (effect === undefined || effect === 'all') return undefined;
    cleaned.push(...effect);
  }
  return cleaned;
}

/** What is called around a place in an expression, from the outside in; `[` stands for a look-up in a table. */
function enclosingCalls(text: string, position: number): string[] {
  const open: string[] = [];
  for (let at = 0; at < position; at++) {
    const character = text[at]!;
    if (character === ')' || character === ']' || character === '}') open.pop();
    else if (character === '{') open.push('');
    else if (character === '(' || character === '[') {
      const callee = /[\w$.>-]{1,80}\s{0,2}$/.exec(text.slice(Math.max(0, at - 80), at))?.[0].trim() ?? '';
      open.push(character === '[' && callee !== '' ? '[' : character === '[' ? '' : callee);
    }
  }
  return open.filter((callee) => callee !== '' && !/^(?:return|await|if|and|or|not|in|new|yield|=>|->)$/.test(callee));
}

/** Nothing but literals, operators and brackets. */
export const isLiteral = (source: SourceText, { start, end }: Span): boolean =>
  !/[A-Za-z_$]/.test(withoutLiteralWords(source.bare.slice(start, end)));

function withoutLiteralWords(bare: string): string {
  const parts: string[] = [];
  let position = 0;
  for (let found = nextWord(bare, 0); found !== null; found = nextWord(bare, found.index + found[0].length)) {
    parts.push(bare.slice(position, found.index));
    position = found.index + found[0].length;
  }
  return parts.join('') + bare.slice(position);
}

const LITERAL_WORD =
  /(?<![\w$.])(?:True|False|None|true|false|null|nil|undefined|as const|[rbuRBU]{1,2}(?=["'])|0x[\da-fA-F]+|\d[\d_.eEnLlfF]*)(?![\w$])/g;

function nextWord(bare: string, from: number): RegExpExecArray | null {
  LITERAL_WORD.lastIndex = from;
  return LITERAL_WORD.exec(bare);
}
