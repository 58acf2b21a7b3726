/** Checks by reading the schema, since the window's content policy forbids compiling one to code. */
import type { Check } from '@shared/rpc';
import { Value } from 'typebox/value';

export const interpretedCheck: Check = (schema, value) => {
  if (Value.Check(schema, value)) return undefined;
  const first = Value.Errors(schema, value)[0];
  return first === undefined ? 'it does not match' : `${first.instancePath || 'the value'} ${first.message}`;
};
