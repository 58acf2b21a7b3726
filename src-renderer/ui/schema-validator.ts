/**
 * Validates a form against its JSON Schema by interpreting it, since the window's content policy forbids the code
 * generation that rjsf's usual validator needs. The host checks again, with ajv, before anything is taken.
 */
import { type OutputUnit, type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import {
  createErrorHandler,
  type ErrorSchema,
  type FormContextType,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  unwrapErrorHandler,
  type ValidatorType,
  validationDataMerge,
} from '@rjsf/utils';

export type FormValues = Record<string, unknown>;

const draftOf = (schema: RJSFSchema): SchemaDraft => (/draft-0?7/.test(schema.$schema ?? '') ? '7' : '2020-12');

/** Says where and what, of the innermost failures only: the rules around them fail for the same reason. */
function failures(schema: RJSFSchema, value: unknown, root: RJSFSchema = schema): OutputUnit[] {
  const whole = root === schema ? schema : { ...schema, $defs: root.$defs, definitions: root.definitions };
  const { errors } = new Validator(whole as Schema, draftOf(root), false).validate(value);
  return errors.filter(({ keyword }) => !['properties', 'items', '$ref', 'allOf'].includes(keyword));
}

function toValidationError({ instanceLocation, keyword, error, keywordLocation }: OutputUnit): RJSFValidationError {
  const path = instanceLocation.replace(/^#\/?/, '').split('/').filter(Boolean);
  const property = path.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  const message = error
    .replace(/^Instance /, 'It ')
    .replace(/^Property "([^"]+)" does not match schema\.$/, '$1 is wrong.');
  return {
    name: keyword,
    property: `.${property}`,
    message,
    schemaPath: keywordLocation,
    stack: `${property} ${message}`,
  };
}

export const schemaValidator: ValidatorType<FormValues, RJSFSchema, FormContextType> = {
  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    const found = failures(schema, formData ?? {}).map(toValidationError);
    const errors = transformErrors === undefined ? found : transformErrors(found, uiSchema);
    const validation = { errors, errorSchema: toErrorSchema<FormValues>(errors) as ErrorSchema<FormValues> };
    if (customValidate === undefined) return validation;
    const handler = customValidate(formData, createErrorHandler<FormValues>(formData ?? {}), uiSchema);
    return validationDataMerge<FormValues>(validation, unwrapErrorHandler<FormValues>(handler));
  },
  isValid: (schema, formData, rootSchema) => failures(schema, formData, rootSchema).length === 0,
  rawValidation: (schema, formData) => ({ errors: failures(schema, formData) as never[] }),
};
