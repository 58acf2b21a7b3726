import { testCheck } from '../plugin-folder.fixture';
import { permissionWithoutFlag } from './permission-without-flag';

testCheck(permissionWithoutFlag, {
  'a flag that is missing': {
    manifest: { capabilities: { required_permissions: ['network_access'] } },
    finds: [
      {
        message: /"network_access" is required, but its flag is not set/,
        marks: '"network_access"',
        pointer: '/capabilities/required_permissions/0',
        fixes: ['Set network_access to true'],
        leaves: '    "network_access": true',
      },
    ],
  },
  'a flag that is false': {
    manifest: { capabilities: { network_access: false, required_permissions: ['x', 'network_access'] } },
    finds: [
      {
        message: /Set capabilities\.network_access to true/,
        marks: '"network_access"',
        pointer: '/capabilities/required_permissions/1',
        fixes: ['Set network_access to true'],
      },
    ],
  },
  both: { manifest: { capabilities: { network_access: true, required_permissions: ['network_access'] } } },
});
