import { testCheck } from '../plugin-folder.fixture';
import { notJson } from './not-json';

testCheck(notJson, {
  'nothing at all': { manifest: '', finds: [{ message: /is empty\. Write a JSON object/, marks: '' }] },
  'only space': { manifest: ' \n', finds: [{ message: /is empty/, marks: ' ' }] },
  'a comma after the last property': {
    manifest: '{\n  "name": "a",\n}',
    finds: [{ message: /no comma after the last/, marks: ',', fixes: ['Remove the comma'], leaves: '"a"\n}' }],
  },
  'a comma after the last item': {
    manifest: '{"tags": ["a", ]}',
    finds: [{ message: /no comma after the last/, marks: ',', fixes: ['Remove the comma'] }],
  },
  'a comma that is missing': {
    manifest: '{\n  "name": "a"\n  "version": "1.0.0"\n}',
    finds: [{ message: /comma is missing/, marks: '"version"', fixes: ['Insert a comma'], leaves: '"a",\n' }],
  },
  'a comment': {
    manifest: '{\n  // the name\n  "name": "a"\n}',
    finds: [{ message: /no comments/, marks: '// the name', fixes: ['Remove the comment'] }],
  },
  'single quotes': {
    manifest: "{'name': 1}",
    finds: [
      { message: /This is not JSON/, marks: "'name'" },
      { message: /property name/, marks: ':' },
      { message: /./, marks: '}' },
    ],
  },
  'a text without its end': {
    manifest: '{"name": "a',
    finds: [
      { message: /closing quote/, marks: '"a' },
      { message: /closing }/, marks: '' },
    ],
  },
  'an object without its end': { manifest: '{"name": "a"', finds: [{ message: /closing } is missing/, marks: '' }] },
  'a value that is missing': { manifest: '{"name": }', finds: [{ message: /value is missing/, marks: '}' }] },
  'something after the end': { manifest: '{} {}', finds: [{ message: /ends before this/, marks: '{' }] },
  'a word that JSON does not know': {
    manifest: '{"enabled": True}',
    finds: [
      { message: /This is not JSON/, marks: 'True' },
      { message: /value/, marks: '}' },
    ],
  },
  'a bare tab in a text': { manifest: '{"name": "a\tb"}', finds: [{ message: /bare tab/, marks: '"a\tb"' }] },
  'an unknown escape': {
    manifest: '{"name": "a\\d"}',
    finds: [{ message: /does not know this escape/, marks: '"a\\d"' }],
  },
  'strict JSON': { manifest: '{"name": "\\u00e9\\n", "priority": -1.5e+3}\r\n' },
});
