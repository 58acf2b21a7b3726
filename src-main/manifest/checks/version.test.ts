import { testCheck } from '../plugin-folder.fixture';
import { version } from './version';

const refused = (given: string, fix?: string) => ({
  manifest: { version: given },
  finds: [
    {
      message: /is no SemVer version/,
      marks: JSON.stringify(given),
      pointer: '/version',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(version, {
  'two numbers': refused('1.2', '1.2.0'),
  'four numbers': refused('1.2.3.4', '1.2.3'),
  'a leading v': refused('v1.2.3', '1.2.3'),
  'a leading zero': refused('1.02.0', '1.2.0'),
  spaces: refused(' 1.2.3', '1.2.3'),
  'a word': refused('latest'),
  nothing: refused(''),
  'a very long one': refused('1'.repeat(300)),
  'a pre-release with a build': { manifest: { version: '1.2.0-beta.1+sha.5' } },
});
