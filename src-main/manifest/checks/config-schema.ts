import type { ContentCheck } from '../check';

export const configSchema: ContentCheck = {
  code: 'manifest/config-schema',
  severity: 'error',
  message: 'config_schema is a JSON Schema in draft-07 or 2020-12.',
  find: ({ configSchema: compiled }) =>
    compiled === undefined || compiled.ok
      ? []
      : compiled.faults.map(({ pointer, message }) => ({
          message: `config_schema${pointer.replaceAll('/', '.')} ${message.replace(/\.$/, '')}.`,
          pointer: `/config_schema${pointer}`,
        })),
};
