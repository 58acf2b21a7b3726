import { testCheck } from '../plugin-folder.fixture';
import { duplicateKey } from './duplicate-key';

testCheck(duplicateKey, {
  'a key that occurs again': {
    manifest: '{\n  "name": "a",\n  "version": "1.0.0",\n  "name": "b"\n}',
    finds: [
      {
        message: /"name" occurs again/,
        marks: '"name"',
        pointer: '/name',
        fixes: ['Remove the one that does not count'],
        leaves: '{\n  "version": "1.0.0",\n  "name": "b"\n}',
      },
    ],
  },
  'also deep inside, each time but the last': {
    manifest: '{"tags": [{"a": 1, "a": 2, "a": 3}]}',
    finds: [1, 2].map(() => ({
      message: /"a" occurs/,
      marks: '"a"',
      pointer: '/tags/0/a',
      fixes: ['Remove the one that does not count'],
    })),
  },
  'the same key in two objects': { manifest: { capabilities: {}, default_config: { name: 1 } } },
});
