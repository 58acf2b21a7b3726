import { testCheck } from '../plugin-folder.fixture';
import { sdkVersion } from './sdk-version';

const refused = (given: string, fix?: string) => ({
  manifest: { sdk_version: given },
  finds: [
    {
      message: /is no SemVer range/,
      marks: JSON.stringify(given),
      pointer: '/sdk_version',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(sdkVersion, {
  'a comma, as Python has it': refused('>=1.0,<2.0', '>=1.0 <2.0'),
  'two equal signs': refused('==1.2.3', '=1.2.3'),
  'a word': refused('newest'),
  nothing: refused('', '>=1.0.0'),
  'ranges of every form': { manifest: { sdk_version: '^1.2.0 || >=2.1 <3' } },
});
