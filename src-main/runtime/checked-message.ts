/** Checks what a runner says. A message that asks for something and breaks the contract is answered, not dropped. */
import { type RunnerMessage, RunnerMessageSchema } from '@shared/contracts/runner-protocol';
import { Compile } from 'typebox/compile';

type Kind = RunnerMessage['kind'];

export type CheckedMessage =
  | { readonly kind: 'good'; readonly message: RunnerMessage }
  /** The plugin's own value breaks the contract; the answer goes to that id. */
  | { readonly kind: 'refused'; readonly kindOfMessage: Kind; readonly id: number; readonly why: string }
  | { readonly kind: 'bad' };

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

export function checkRunnerMessage(value: unknown): CheckedMessage {
  const { kind, id } = (value ?? {}) as { kind?: unknown; id?: unknown };
  const check = checks.get(kind as Kind);
  if (check === undefined) return { kind: 'bad' };
  if (check.Check(value)) return { kind: 'good', message: value as RunnerMessage };
  const from = ASKING[kind as Kind];
  if (from === undefined || !Number.isInteger(id)) return { kind: 'bad' };
  const [first] = check.Errors(value);
  return {
    kind: 'refused',
    kindOfMessage: kind as Kind,
    id: id as number,
    why: `${first?.instancePath.slice(1).replaceAll('/', '.') ?? from} ${first?.message ?? 'breaks the contract'}`,
  };
}
