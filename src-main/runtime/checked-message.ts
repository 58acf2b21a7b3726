/**
 * Checks what a runner says. A message that asks for something and breaks the contract is answered, not dropped; a
 * result that does fails its call; anything else has nobody who waits for it, and is refused by the same kind of code.
 * What is passed on never nests so deep that others run out of stack.
 */
import { VALUE_DEPTH } from '@shared/contracts/runner-limits';
import { type RunnerMessage, RunnerMessageSchema } from '@shared/contracts/runner-protocol';
import { Compile, type Validator } from 'typebox/compile';

type Kind = RunnerMessage['kind'];

export type CheckedMessage =
  | { readonly kind: 'good'; readonly message: RunnerMessage }
  /** The plugin's own value breaks the contract; the answer goes to that id. */
  | {
      readonly kind: 'refused';
      readonly code: 'events/invalid' | 'capabilities/invalid';
      readonly id: number;
      readonly why: string;
    }
  /** It is not in the protocol. */
  | { readonly kind: 'bad'; readonly code: typeof BAD_MESSAGE };

/** Of what a runner says that is no message of the protocol, or no JSON at all. */
export const BAD_MESSAGE = 'plugins/bad-message';

const checks = new Map(
  RunnerMessageSchema.anyOf.map((schema) => [schema.properties.kind.const as Kind, Compile(schema)] as const),
);

/** Messages that wait for an answer, with the field that comes from the plugin. */
const ASKING: Partial<Record<Kind, string>> = {
  publish: 'event',
  subscribe: 'filter',
  'event-history': 'limit',
  access: 'args',
};

const bad: CheckedMessage = { kind: 'bad', code: BAD_MESSAGE };

/** The fields of a message that are around a value. */
const AROUND_VALUE = 2;
const TOO_DEEP = `nests more than ${VALUE_DEPTH} levels deep`;

/** Never goes deeper than that itself. */
function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inside.some((child) => nestsDeeper(child, levels - 1));
}

export function checkRunnerMessage(value: unknown): CheckedMessage {
  const { kind, id } = (value ?? {}) as { kind?: unknown; id?: unknown };
  const check = checks.get(kind as Kind);
  if (check === undefined) return bad;
  const isTooDeep = nestsDeeper(value, VALUE_DEPTH + AROUND_VALUE);
  if (!isTooDeep && check.Check(value)) return { kind: 'good', message: value as RunnerMessage };
  if (!isId(id)) return bad;
  if (kind === 'result' && isTooDeep) {
    const error = { name: 'ValidationError', message: `The result ${TOO_DEEP}.` };
    return { kind: 'good', message: { kind, id, error } };
  }
  const from = ASKING[kind as Kind];
  if (from === undefined) return bad;
  const why = isTooDeep ? `${from} ${TOO_DEEP}` : whyOf(check, value, from);
  const code = kind === 'access' ? 'capabilities/invalid' : 'events/invalid';
  return { kind: 'refused', code, id, why };
}

const isId = (id: unknown): id is number => Number.isSafeInteger(id) && (id as number) > 0;

function whyOf(check: Validator, value: unknown, from: string): string {
  const [first] = check.Errors(value);
  const { allowedValues } = (first?.params ?? {}) as { allowedValues?: unknown };
  const allowed = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return `${first?.instancePath.slice(1).replaceAll('/', '.') ?? from} ${first?.message ?? 'breaks the contract'}${allowed}`;
}
