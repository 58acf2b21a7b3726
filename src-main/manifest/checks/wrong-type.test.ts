import { testCheck } from '../plugin-folder.fixture';
import { wrongType } from './wrong-type';

const wrong = (message: string, marks: string, ...fixes: string[]) => ({ message, marks, fixes });

testCheck(wrongType, {
  'a version that is a number': {
    manifest: { version: 1.5 },
    finds: [wrong('"version" must be a string, not 1.5.', '1.5', 'Use "1.5.0"')],
  },
  'a version that is one number': {
    manifest: { version: 1 },
    finds: [{ ...wrong('"version" must be a string, not 1.', '1', 'Use "1.0.0"'), leaves: '"version": "1.0.0"' }],
  },
  'a flag that is a text': {
    manifest: { enabled: 'false' },
    finds: [
      { ...wrong('"enabled" must be true or false, not "false".', '"false"', 'Use false'), leaves: '"enabled": false' },
    ],
  },
  'a flag that is anything else': {
    manifest: { enabled: 1 },
    finds: [wrong('"enabled" must be true or false, not 1.', '1')],
  },
  'a priority that is a text, or not whole': {
    manifest: { priority: '50', name: 7 },
    finds: [
      wrong('"name" must be a string, not 7.', '7', 'Use "7"'),
      wrong('"priority" must be a whole number, not "50".', '"50"', 'Use 50'),
    ],
  },
  'a priority between two': {
    manifest: { priority: 49.6 },
    finds: [wrong('"priority" must be a whole number, not 49.6.', '49.6', 'Use 50')],
  },
  'a text for a list': {
    manifest: { tags: 'sast' },
    finds: [{ ...wrong('"tags" must be a list, not "sast".', '"sast"', 'Use ["sast"]'), pointer: '/tags' }],
  },
  'an item of a list': {
    manifest: { dependencies: ['a', null] },
    finds: [{ ...wrong('"dependencies.1" must be a string, not null.', 'null'), pointer: '/dependencies/1' }],
  },
  'a text or null': {
    manifest: { source_url: 3 },
    finds: [wrong('"source_url" must be a string or null, not 3.', '3')],
  },
  'an object or null': {
    manifest: { config_schema: [] },
    finds: [wrong('"config_schema" must be an object or null, not [].', '[]')],
  },
  'a flag among the capabilities': {
    manifest: { capabilities: { cpu_intensive: 'yes' } },
    finds: [wrong('"capabilities.cpu_intensive" must be true or false, not "yes".', '"yes"')],
  },
  'capabilities that are a list': {
    manifest: { capabilities: [] },
    finds: [wrong('"capabilities" must be an object, not [].', '[]')],
  },
  'null where the contract allows it': { manifest: { documentation_url: null, source_url: null, config_schema: null } },
});
