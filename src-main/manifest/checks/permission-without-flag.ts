import { PERMISSIONS } from '@shared/schemas';
import { type ContentCheck, fixes, isObject, textsOf } from '../check';
import { setValue } from '../edits';

export const permissionWithoutFlag: ContentCheck = {
  code: 'manifest/permission-without-flag',
  severity: 'warning',
  message: 'A required permission has its flag set: the platform reads both.',
  find({ document, manifest }) {
    const capabilities = isObject(manifest.capabilities) ? manifest.capabilities : {};
    const asked = textsOf(capabilities.required_permissions);
    return PERMISSIONS.filter((permission) => asked.includes(permission) && !capabilities[permission]).map(
      (permission) => ({
        message: `"${permission}" is required, but its flag is not set, and the platform reads both. Set capabilities.${permission} to true.`,
        pointer: `/capabilities/required_permissions/${(capabilities.required_permissions as unknown[]).indexOf(permission)}`,
        fixes: fixes({
          title: `Set ${permission} to true`,
          edits: setValue(document, ['capabilities', permission], true),
        }),
      }),
    );
  },
};
