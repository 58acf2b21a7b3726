/** Completes a request of any type as the platform would send it, and refuses what breaks the contract. */
import { StudioError } from '@shared/errors';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import { problemsOf } from './response-check';

/** In the sentence; all are in its data. */
const MOST_TOLD = 20;

export type CompleteRequest<Request> = (given: Readonly<Record<string, unknown>>) => Request;

/** The function throws runs/invalid-request (data: {problems}). */
export function requestCompleter<Schema extends TSchema>(schema: Schema): CompleteRequest<Static<Schema>> {
  const compiled = Compile(schema as TSchema);
  return (given) => {
    const request = Value.Default(schema as TSchema, copyPlain(given));
    const problems = compiled.Check(request) ? [] : problemsOf(compiled, request);
    if (problems.length === 0 && (request as { timeout?: number }).timeout === 0)
      problems.push('/timeout must be more than 0');
    if (problems.length === 0) return request as Static<Schema>;
    const told = problems.slice(0, MOST_TOLD).join('; ');
    throw new StudioError('runs/invalid-request', `The request breaks the contract: ${told}.`, { data: { problems } });
  };
}

/** Texts are shared: a sample in a request may be as long as memory is dear. */
function copyPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyPlain(each)]));
}
