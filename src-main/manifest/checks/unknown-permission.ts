import { closestTo, didYouMean } from '@shared/closest';
import { PERMISSIONS } from '@shared/schemas';
import { type ContentCheck, fixes, isObject } from '../check';
import { replaceValue } from '../edits';

const known: readonly string[] = PERMISSIONS;

export const unknownPermission: ContentCheck = {
  code: 'manifest/unknown-permission',
  severity: 'error',
  message: 'Only permissions that the platform knows are required.',
  find({ document, manifest }) {
    const list = isObject(manifest.capabilities) ? manifest.capabilities.required_permissions : undefined;
    if (!Array.isArray(list)) return [];
    return list.flatMap((permission: unknown, index) => {
      if (typeof permission !== 'string' || known.includes(permission)) return [];
      const pointer = `/capabilities/required_permissions/${index}`;
      const meant = closestTo(permission, known);
      return [
        {
          message: `The platform does not know the permission "${permission}". Known: ${known.join(', ')}.${didYouMean(meant)}`,
          pointer,
          fixes: fixes({
            title: `Use ${meant}`,
            edits: meant === undefined ? [] : replaceValue(document, pointer, meant),
          }),
        },
      ];
    });
  },
};
