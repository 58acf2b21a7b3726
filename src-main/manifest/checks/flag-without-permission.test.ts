import { testCheck } from '../plugin-folder.fixture';
import { flagWithoutPermission } from './flag-without-permission';

const FIXES = ['Add database_access to required_permissions', 'Set database_access to false'];

testCheck(flagWithoutPermission, {
  'no list at all': {
    manifest: { capabilities: { database_access: true } },
    finds: [
      {
        message: /among required_permissions/,
        marks: 'true',
        pointer: '/capabilities/database_access',
        fixes: FIXES,
        leaves: '"required_permissions": [\n',
      },
    ],
  },
  'an empty list': {
    manifest: { capabilities: { database_access: true, required_permissions: [] } },
    finds: [{ message: /Add it there/, marks: 'true', fixes: FIXES }],
  },
  'a list with another': {
    manifest: {
      capabilities: { required_permissions: ['file_system_access'], file_system_access: true, database_access: true },
    },
    finds: [{ message: /"database_access" is set/, marks: 'true', fixes: FIXES }],
  },
  'a list that is none': {
    manifest: { capabilities: { database_access: true, required_permissions: 'x' } },
    finds: [{ message: /./, marks: 'true', fixes: FIXES.slice(1) }],
  },
  'a flag that asks for nothing': { manifest: { capabilities: { cpu_intensive: true, database_access: false } } },
});
