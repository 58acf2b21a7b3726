import { testCheck } from '../plugin-folder.fixture';
import { defaultConfig } from './default-config';

const SCHEMA = {
  type: 'object',
  properties: { severity: { enum: ['low', 'high'] }, rules: { type: 'array', items: { type: 'string' } } },
  required: ['severity'],
  additionalProperties: false,
};

testCheck(defaultConfig, {
  'a value that does not fit': {
    manifest: { config_schema: SCHEMA, default_config: { severity: 'mid' } },
    finds: [
      {
        message:
          'default_config.severity must be "low" or "high", not "mid" (config_schema #/properties/severity/enum).',
        marks: '"mid"',
        pointer: '/default_config/severity',
      },
    ],
  },
  'an item deep inside': {
    manifest: { config_schema: SCHEMA, default_config: { severity: 'low', rules: ['a', 7] } },
    finds: [
      { message: /^default_config\.rules\.1 must be a string, not 7/, marks: '7', pointer: '/default_config/rules/1' },
    ],
  },
  'a property that the schema does not know is marked by its name': {
    manifest: { config_schema: SCHEMA, default_config: { severity: 'low', colour: 'red' } },
    finds: [{ message: /^default_config\.colour is not a known property/, marks: '"colour"' }],
  },
  'a required property that is missing': {
    manifest: { config_schema: SCHEMA, default_config: {} },
    finds: [
      {
        message: /^default_config\.severity is required and missing/,
        marks: '{}',
        pointer: '/default_config/severity',
      },
    ],
  },
  'no default_config, where the schema requires something': {
    manifest: '{"config_schema": {"required": ["a"]}}',
    finds: [{ message: /^default_config\.a is required/, marks: '{"config_schema": {"required": ["a"]}}' }],
  },
  'a default_config that fits': { manifest: { config_schema: SCHEMA, default_config: { severity: 'low' } } },
  'a default_config without a schema': { manifest: { default_config: { anything: 1 } } },
  'a schema that is wrong itself is told elsewhere': { manifest: { config_schema: { type: 'x' }, default_config: {} } },
});
