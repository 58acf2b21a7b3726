import { closestTo } from '@shared/closest';
import deprecated from 'spdx-license-ids/deprecated.json';
import current from 'spdx-license-ids/index.json';
import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

/** Those in wide use, to catch a misspelling. */
const COMMON = [
  ...['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'Zlib', 'Unlicense', 'CC0-1.0'],
  ...['CC-BY-4.0', 'CC-BY-SA-4.0', 'MPL-2.0', 'EPL-2.0', 'EUPL-1.2', 'BSL-1.0', 'BUSL-1.1', 'PSF-2.0', 'WTFPL'],
  ...['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later'],
  ...['LGPL-3.0-only', 'LGPL-3.0-or-later', 'AGPL-3.0-only', 'AGPL-3.0-or-later', 'Artistic-2.0', 'PostgreSQL'],
];

/** What people write, in lower case and without spaces or punctuation. */
const meanings: Record<string, string> = {
  apache: 'Apache-2.0',
  apache2: 'Apache-2.0',
  apachelicense20: 'Apache-2.0',
  bsd: 'BSD-3-Clause',
  bsd3: 'BSD-3-Clause',
  gpl2: 'GPL-2.0-only',
  gplv2: 'GPL-2.0-only',
  gpl3: 'GPL-3.0-only',
  gplv3: 'GPL-3.0-only',
  lgplv3: 'LGPL-3.0-only',
  agplv3: 'AGPL-3.0-only',
  mitlicense: 'MIT',
  themitlicense: 'MIT',
  proprietary: 'LicenseRef-Proprietary',
  unlicensed: 'LicenseRef-Proprietary',
};

/** As the SPDX list has them; old names such as GPL-3.0 are licences still. */
const KNOWN: ReadonlySet<string> = new Set<string>([...current, ...deprecated]);

/** One that the plugin brings along. */
const OWN = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/;
const EXCEPTION = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

export const license: ContentCheck = {
  code: 'manifest/license',
  severity: 'warning',
  message: 'The licence is an SPDX expression.',
  find({ document, manifest }) {
    const given = textOf(manifest.license);
    if (given === undefined || isExpression(given)) return [];
    const meant = suggestionFor(given);
    return [
      {
        message: `"${given}" is no SPDX licence expression. Use one such as "MIT", "Apache-2.0" or "MIT OR Apache-2.0".`,
        pointer: '/license',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/license', meant),
        }),
      },
    ];
  },
};

/** `id (WITH exception)`, joined by AND and OR, in parentheses that close. */
function isExpression(text: string): boolean {
  const words = text.replace(/[()]/g, ' $& ').trim().split(/\s+/);
  let open = 0;
  let wantsId = true;
  for (const [at, word] of words.entries()) {
    const isWord = words[at - 1] === 'WITH' ? EXCEPTION.test(word) : isLicence(word);
    if (wantsId ? word === '(' : word === ')') open += word === '(' ? 1 : -1;
    else if (wantsId !== isWord || (!wantsId && !['AND', 'OR', 'WITH'].includes(word))) return false;
    else wantsId = !wantsId;
    if (open < 0) return false;
  }
  return open === 0 && !wantsId;
}

const isLicence = (word: string) => OWN.test(word) || KNOWN.has(word.replace(/\+$/, ''));

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

function suggestionFor(text: string): string | undefined {
  const key = plain(text);
  const meant = Object.hasOwn(meanings, key) ? meanings[key] : undefined;
  return meant ?? [...COMMON, ...KNOWN].find((id) => plain(id) === key) ?? closeId(text);
}

/** Short ids are all close to one another. */
const closeId = (text: string) => (text.length < 6 || text.includes('-') ? undefined : closestTo(text, COMMON));
