import { testCheck } from '../plugin-folder.fixture';
import { notAnObject } from './not-an-object';

testCheck(notAnObject, {
  'a list': { manifest: ' [1]', finds: [{ message: 'plugin.json must hold an object, not a list.', marks: '[1]' }] },
  'a text': { manifest: '"a"', finds: [{ message: 'plugin.json must hold an object, not "a".', marks: '"a"' }] },
  null: { manifest: 'null', finds: [{ message: 'plugin.json must hold an object, not null.', marks: 'null' }] },
  'an object': { manifest: '{}' },
});
