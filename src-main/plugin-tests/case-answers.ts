/**
 * What a file of tests answers, held against what the testing module answers: both live in one sandbox, so the file may
 * have put its own in the place.
 */
import { StudioError } from '@shared/errors';
import { oneOf } from '@shared/schemas/building-blocks';
import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** As the testing module lists a test. */
const ListedCaseSchema = Type.Object({
  path: Type.Array(Type.String(), { minItems: 1 }),
  mode: oneOf(['run', 'skip', 'todo']),
  deadlineMs: Type.Number({ minimum: 0 }),
  stack: Type.String(),
});
export type ListedCase = Static<typeof ListedCaseSchema>;

const RawFailureSchema = Type.Object({
  name: Type.String(),
  message: Type.String(),
  stack: Type.String(),
  expected: Type.Optional(Type.String()),
  actual: Type.Optional(Type.String()),
  diff: Type.Optional(Type.String()),
});
export type RawFailure = Static<typeof RawFailureSchema>;

/** As the testing module says how a test went. */
const CaseResultSchema = Type.Object({
  outcome: oneOf(['passed', 'failed', 'timeout']),
  durationMs: Type.Number({ minimum: 0 }),
  failures: Type.Array(RawFailureSchema),
});
export type CaseResult = Static<typeof CaseResultSchema>;

function checkerOf<Schema extends TSchema>(schema: Schema, what: string) {
  const compiled = Compile(schema as TSchema);
  return (answer: unknown): Static<Schema> => {
    if (compiled.Check(answer)) return answer as Static<Schema>;
    const [first] = compiled.Errors(answer);
    const why = first === undefined ? '' : ` (${first.instancePath || 'the answer'} ${first.message})`;
    throw new StudioError(
      'tests/bad-answer',
      `The file answers with something that is no ${what}${why}. Leave what mcp-plugin-sdk/testing exports as it is.`,
    );
  };
}

/** @throws StudioError tests/bad-answer */
export const checkListedCases = checkerOf(Type.Array(ListedCaseSchema), 'list of tests');
/** @throws StudioError tests/bad-answer */
export const checkCaseResult = checkerOf(CaseResultSchema, 'result of a test');
