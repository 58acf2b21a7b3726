import { testCheck } from '../plugin-folder.fixture';
import { duplicateEntry } from './duplicate-entry';

testCheck(duplicateEntry, {
  'a tag': {
    manifest: { tags: ['a', 'b', 'a'] },
    finds: [
      {
        message: '"a" is in tags already. Remove it here.',
        marks: '"a"',
        pointer: '/tags/2',
        fixes: ['Remove this "a"'],
        leaves: '"b"\n  ]',
      },
    ],
  },
  'three times': {
    manifest: { dependencies: ['x', 'x', 'x'] },
    finds: [1, 2].map((index) => ({
      message: /"x" is in dependencies/,
      marks: '"x"',
      pointer: `/dependencies/${index}`,
      fixes: ['Remove this "x"'],
    })),
  },
  'among the capabilities': {
    manifest: { capabilities: { event_types: ['scan.started', 'scan.started'] } },
    finds: [
      {
        message: /in capabilities\.event_types already/,
        marks: '"scan.started"',
        fixes: ['Remove this "scan.started"'],
      },
    ],
  },
  'different entries': { manifest: { tags: ['a', 'A'] } },
});
