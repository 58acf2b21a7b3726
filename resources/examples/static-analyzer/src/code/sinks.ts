/**
 * Where input does harm: an argument of a call. Rules list their sinks; this finds the calls, and tells of each
 * argument what it is made of and whether input reaches it.
 */
import type { SourceTarget } from '../rules/rule';
import type { Language } from '../text/language';
import { type Argument, argumentOf, type Call, findCalls } from './calls';
import type { SinkKind } from './cleaners';
import type { Input } from './data-flow';
import { type Shape, shapeOf } from './expression';

export interface Sink {
  readonly languages: readonly Language[];
  /** What is called, up to the bracket; global. */
  readonly callee: RegExp;
  /** Which argument, from 0; 'all' looks at every one. */
  readonly argument: number | 'all';
  /** The keyword that may name it. */
  readonly keyword?: string;
  /** The file must hold this for the callee to mean what the rule thinks. */
  readonly needs?: RegExp;
  /** Whether this call is dangerous at all. */
  readonly when?: (call: Call, target: SourceTarget) => boolean;
}

export interface Use {
  readonly call: Call;
  readonly argument: Argument;
  readonly shape: Shape;
  readonly input: Input | undefined;
}

/** Uses of anything that is not fixed; of several dangerous arguments of a call the one that input reaches. */
export function findUses(target: SourceTarget, sinks: readonly Sink[], kind: SinkKind): Use[] {
  const { source } = target;
  const uses = new Map<number, Use>();
  for (const sink of sinks) {
    if (!sink.languages.includes(source.language) || (sink.needs !== undefined && !sink.needs.test(source.code)))
      continue;
    for (const call of findCalls(source, sink.callee)) {
      if (sink.when !== undefined && !sink.when(call, target)) continue;
      const use = judgeCall(target, call, sink, kind);
      if (use !== undefined && !uses.has(call.end)) uses.set(call.end, use);
    }
  }
  return [...uses.values()];
}

function judgeCall(target: SourceTarget, call: Call, sink: Sink, kind: SinkKind): Use | undefined {
  const { flow } = target;
  const args = sink.argument === 'all' ? call.args : [argumentOf(call, sink.argument, sink.keyword)];
  const uses = args.flatMap((argument): Use[] => {
    if (argument === undefined) return [];
    const input = flow.inputIn(argument, kind);
    const shape = input === undefined ? shapeOf(target, argument, kind) : 'built';
    return shape === 'fixed' ? [] : [{ call, argument, shape, input }];
  });
  return uses.find(({ input }) => input !== undefined) ?? uses.find(({ shape }) => shape === 'built') ?? uses[0];
}

/** Says where the input came from, for a description. */
export function describeInput({ source }: SourceTarget, input: Input): string {
  const line = source.lineOf(input.position);
  return input.source.startsWith('parameter ')
    ? `Input (${input.source})`
    : `Input from \`${input.source}\` (line ${line})`;
}
