import { testCheck } from '../plugin-folder.fixture';
import { pythonVersion } from './python-version';

const refused = (given: string, fix?: string) => ({
  manifest: { python_version: given },
  finds: [
    {
      message: /is no range of Python versions/,
      marks: JSON.stringify(given),
      pointer: '/python_version',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(pythonVersion, {
  'a bare version': refused('3.9', '>=3.9'),
  'or later': refused('3.10+', '>=3.10'),
  'a caret': refused('^3.9', '>=3.9,<4'),
  'a space where a comma belongs': refused('>=3.9 <4', '>=3.9,<4'),
  'a word': refused('three'),
  'as Python packages write it': { manifest: { python_version: '>=3.9, !=3.10.*, ~=3.11' } },
});
