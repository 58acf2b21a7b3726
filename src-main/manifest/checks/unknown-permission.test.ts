import { testCheck } from '../plugin-folder.fixture';
import { unknownPermission } from './unknown-permission';

testCheck(unknownPermission, {
  'a misspelt one': {
    manifest: { capabilities: { required_permissions: ['newtork_access'] } },
    finds: [
      {
        message:
          'The platform does not know the permission "newtork_access". Known: file_system_access, network_access, ' +
          'database_access, process_execution. Did you mean "network_access"?',
        marks: '"newtork_access"',
        pointer: '/capabilities/required_permissions/0',
        fixes: ['Use network_access'],
      },
    ],
  },
  'one of another platform': {
    manifest: { capabilities: { required_permissions: ['camera'] } },
    finds: [{ message: /Known: .*process_execution\.$/, marks: '"camera"' }],
  },
  'those that are known': {
    manifest: { capabilities: { required_permissions: ['file_system_access', 'process_execution'] } },
  },
});
