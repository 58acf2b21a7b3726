import { PERMISSIONS } from '@shared/schemas';
import { type ContentCheck, fixes, isObject, textsOf } from '../check';
import { appendItem, replaceValue, setValue } from '../edits';

const LIST = ['capabilities', 'required_permissions'];

export const flagWithoutPermission: ContentCheck = {
  code: 'manifest/flag-without-permission',
  severity: 'warning',
  message: 'A flag that is set has its permission required: the platform reads both.',
  find({ document, manifest }) {
    const capabilities = isObject(manifest.capabilities) ? manifest.capabilities : {};
    const list = capabilities.required_permissions ?? undefined;
    const asked = textsOf(list);
    return PERMISSIONS.filter((flag) => capabilities[flag] === true && !asked.includes(flag)).map((flag) => {
      const add =
        list === undefined
          ? setValue(document, LIST, [flag])
          : Array.isArray(list)
            ? appendItem(document, LIST, flag)
            : [];
      return {
        message: `"${flag}" is set, but not among required_permissions, and the platform reads both. Add it there, or set it to false.`,
        pointer: `/capabilities/${flag}`,
        fixes: fixes(
          { title: `Add ${flag} to required_permissions`, edits: add },
          { title: `Set ${flag} to false`, edits: replaceValue(document, `/capabilities/${flag}`, false) },
        ),
      };
    });
  },
};
