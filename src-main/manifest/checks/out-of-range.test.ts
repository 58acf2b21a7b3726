import { testCheck } from '../plugin-folder.fixture';
import { outOfRange } from './out-of-range';

testCheck(outOfRange, {
  'a priority above': {
    manifest: { priority: 101 },
    finds: [
      {
        message: '"priority" must be at most 100, not 101.',
        marks: '101',
        pointer: '/priority',
        fixes: ['Use 100 instead of 101'],
        leaves: '"priority": 100',
      },
    ],
  },
  'a priority below': {
    manifest: { priority: -1 },
    finds: [{ message: '"priority" must be at least 0, not -1.', marks: '-1', fixes: ['Use 0 instead of -1'] }],
  },
  'the limits themselves': { manifest: { priority: 100 } },
});
