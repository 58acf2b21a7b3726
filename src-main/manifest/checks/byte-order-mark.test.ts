import { manifestWith, testCheck } from '../plugin-folder.fixture';
import { byteOrderMark } from './byte-order-mark';

testCheck(byteOrderMark, {
  'a manifest that begins with it': {
    manifest: `\uFEFF${manifestWith({})}`,
    finds: [{ message: /begins with a byte order mark/, marks: '\uFEFF', fixes: ['Remove the byte order mark'] }],
  },
  'one inside a text is only a character': { manifest: { description: 'a\uFEFFb' } },
});
