import { testCheck } from '../plugin-folder.fixture';
import { unknownField } from './unknown-field';

testCheck(unknownField, {
  'a misspelt field': {
    manifest: { descripton: 'x' },
    finds: [
      {
        message:
          'The contract has no field "descripton"; it is kept, and the platform ignores it. Did you mean "description"?',
        marks: '"descripton"',
        pointer: '/descripton',
        fixes: ['Rename to description'],
        leaves: '"description": "x"',
      },
    ],
  },
  'a field in another style': {
    manifest: { sourceUrl: null },
    finds: [{ message: /Did you mean "source_url"/, marks: '"sourceUrl"', fixes: ['Rename to source_url'] }],
  },
  'one that resembles a field which is there already': {
    manifest: { nam: 'x' },
    finds: [{ message: /ignores it\.$/, marks: '"nam"' }],
  },
  'a field of the author': { manifest: { 'x-team': 'red' }, finds: [{ message: /"x-team"/, marks: '"x-team"' }] },
  'among the capabilities': {
    manifest: { capabilities: { cpu_intensiv: true } },
    finds: [
      {
        message: /"capabilities\.cpu_intensiv"/,
        marks: '"cpu_intensiv"',
        pointer: '/capabilities/cpu_intensiv',
        fixes: ['Rename to cpu_intensive'],
      },
    ],
  },
  "what configuration holds is the plugin's own": { manifest: { default_config: { anything: 1 } } },
});
