/** Checks with code compiled once for each schema. Only the host may do this: the window forbids eval. */
import type { Check } from '@shared/rpc';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

export function createCompiledCheck(): Check {
  const compiled = new WeakMap<TSchema, Validator>();
  return (schema, value) => {
    let validator = compiled.get(schema);
    if (validator === undefined) {
      validator = Compile(schema) as Validator;
      compiled.set(schema, validator);
    }
    if (validator.Check(value)) return undefined;
    const first = validator.Errors(value)[0];
    return first === undefined ? 'it does not match' : `${first.instancePath || 'the value'} ${first.message}`;
  };
}
