import { testCheck } from '../plugin-folder.fixture';
import { missingField } from './missing-field';

testCheck(missingField, {
  'a name: the folder offers one': {
    manifest: { name: undefined },
    finds: [
      {
        message: /"name" is missing\. Lower-case/,
        marks: '{',
        pointer: '/name',
        fixes: ['Add name "my-plugin"'],
        leaves: '"name": "my-plugin"',
      },
    ],
  },
  'a version': {
    manifest: { version: undefined },
    finds: [{ message: /"version" is missing/, marks: '{', pointer: '/version', fixes: ['Add version "0.1.0"'] }],
  },
  'what only the author knows, in an empty object': {
    manifest: '\n{}',
    finds: [
      { message: /"name"/, marks: '{', fixes: ['Add name "my-plugin"'] },
      { message: /"version"/, marks: '{', fixes: ['Add version "0.1.0"'] },
      { message: /"plugin_type" is missing\. One of analyzer, enricher/, marks: '{' },
      { message: /"entry_point" is missing\. module:Class/, marks: '{' },
    ],
  },
  'nothing else is required': { manifest: {} },
});
