import { testCheck } from '../plugin-folder.fixture';
import { webAddress } from './web-address';

testCheck(webAddress, {
  'no scheme': {
    manifest: { source_url: 'example.org/plugin' },
    finds: [
      {
        message: /is no address on the web/,
        marks: '"example.org/plugin"',
        pointer: '/source_url',
        fixes: ['Use https://example.org/plugin'],
      },
    ],
  },
  'another scheme': {
    manifest: { documentation_url: 'javascript:alert(1)' },
    finds: [{ message: /begins with https/, marks: '"javascript:alert(1)"' }],
  },
  'a word': { manifest: { documentation_url: 'soon' }, finds: [{ message: /is no address/, marks: '"soon"' }] },
  'an address, and none': { manifest: { documentation_url: 'https://example.org/a?b#c', source_url: null } },
});
