import { testCheck } from '../plugin-folder.fixture';
import { configSchema } from './config-schema';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

testCheck(configSchema, {
  'a type that does not exist': {
    manifest: { config_schema: { properties: { limit: { type: 'strin' } } } },
    finds: [
      {
        message: /^config_schema\.properties\.limit\.type fits none of what is allowed here: must be "array"/,
        marks: '"strin"',
        pointer: '/config_schema/properties/limit/type',
      },
    ],
  },
  'a reference to nothing': {
    manifest: { config_schema: { properties: { limit: { $ref: '#/definitions/limit' } } } },
    finds: [
      {
        message: /\$ref refers to "#\/definitions\/limit", which is not in the schema/,
        marks: '"#/definitions/limit"',
      },
    ],
  },
  'a pattern that is none': {
    manifest: { config_schema: { properties: { limit: { pattern: '(' } } } },
    finds: [{ message: /^config_schema\.properties\.limit\.pattern cannot be used/, marks: '"("' }],
  },
  'an older dialect': {
    manifest: { config_schema: { $schema: 'http://json-schema.org/draft-04/schema#' } },
    finds: [
      {
        message: /\$schema is a dialect that the platform does not know/,
        marks: '"http://json-schema.org/draft-04/schema#"',
      },
    ],
  },
  'a keyword of the other dialect': {
    manifest: { config_schema: { $schema: DRAFT_07, dependentRequired: { a: ['b'] }, $defs: { a: {} } } },
  },
  'draft-07': { manifest: { config_schema: { $schema: DRAFT_07, items: [{ type: 'string' }] } } },
  '2020-12': { manifest: { config_schema: { prefixItems: [{ type: 'string' }] } } },
  'none at all': { manifest: { config_schema: null } },
});
