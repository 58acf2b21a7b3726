import { testCheck } from '../plugin-folder.fixture';
import { tooDeep } from './too-deep';

const nested = (levels: number) => `{"default_config": ${'['.repeat(levels)}${']'.repeat(levels)}}`;

testCheck(tooDeep, {
  'a hundred levels': { manifest: nested(99) },
  'one more': { manifest: nested(100), finds: [{ message: /more than 100/, marks: '[' }] },
  'ten thousand levels': { manifest: nested(10_000), finds: [{ message: /Make it flatter/, marks: '[' }] },
  'fifty thousand that never close': {
    manifest: '{"a":'.repeat(50_000),
    finds: [{ message: /Make it flatter/, marks: '{' }],
  },
  'brackets in texts do not nest': { manifest: { description: '[{'.repeat(500) } },
});
