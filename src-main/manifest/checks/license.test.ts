import { testCheck } from '../plugin-folder.fixture';
import { license } from './license';

const refused = (given: string, fix?: string) => ({
  manifest: { license: given },
  finds: [
    {
      message: /is no SPDX licence expression/,
      marks: JSON.stringify(given),
      pointer: '/license',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});
const accepted = (given: string) => ({ manifest: { license: given } });

testCheck(license, {
  'a space': refused('Apache 2.0', 'Apache-2.0'),
  'another case': refused('mit', 'MIT'),
  'the short name of a family': refused('GPLv3', 'GPL-3.0-only'),
  'the word licence': refused('MIT License', 'MIT'),
  'none at all': refused('UNLICENSED', 'LicenseRef-Proprietary'),
  'an operator in lower case': refused('MIT or ISC'),
  'an operator without its end': refused('MIT OR'),
  'a parenthesis that stays open': refused('(MIT OR ISC'),
  'a sentence': refused('see the file LICENSE'),
  'an id that is on no list': refused('Bogus'),
  'such an id in an expression': refused('MIT OR Bogus'),
  'a rare id in another case': refused('beerware', 'Beerware'),
  nothing: refused(''),
  'a known id': accepted('Apache-2.0'),
  'an id that is rare': accepted('Beerware'),
  'an id of before': accepted('GPL-3.0'),
  'an id and what came later': accepted('Apache-1.1+'),
  'an expression': accepted('(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND LicenseRef-Own'),
});
