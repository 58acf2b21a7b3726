import { type ContentCheck, isObject } from '../check';

export const defaultConfig: ContentCheck = {
  code: 'manifest/default-config',
  severity: 'error',
  message: 'default_config fits config_schema.',
  find({ configSchema, document, manifest }) {
    if (configSchema?.ok !== true) return [];
    const value = manifest.default_config ?? {};
    if (!isObject(value)) return [];
    return configSchema.check(value).map(({ pointer, message, schemaPath, keyword }) => {
      const place = `/default_config${pointer}`;
      return {
        message: `default_config${pointer.replaceAll('/', '.')} ${message} (config_schema ${schemaPath}).`,
        pointer: place,
        ...(keyword === 'additionalProperties' ? { span: document.keyAt(place) } : {}),
      };
    });
  },
};
