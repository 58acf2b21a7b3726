import { testCheck } from '../plugin-folder.fixture';
import { email } from './email';

const refused = (given: string, fix?: string) => ({
  manifest: { email: given },
  finds: [
    {
      message: /is no email address/,
      marks: JSON.stringify(given),
      pointer: '/email',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(email, {
  'a name around it': refused('Ada <ada@example.org>', 'ada@example.org'),
  'two of them': refused('a@example.org, b@example.org', 'a@example.org'),
  'no domain': refused('ada@localhost'),
  'no address': refused('ada'),
  'an address': { manifest: { email: 'ada+plugins@mail.example.org' } },
  nothing: { manifest: { email: '' } },
});
