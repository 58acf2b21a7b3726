import type { TextCheck } from '../check';

export const tooDeep: TextCheck = {
  code: 'manifest/too-deep',
  severity: 'error',
  message: 'plugin.json nests at most 100 objects and lists.',
  find: ({ tooDeep: span }) =>
    span === undefined
      ? []
      : [{ message: 'plugin.json nests more than 100 objects and lists into one another. Make it flatter.', span }],
};
