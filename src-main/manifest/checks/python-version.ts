import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

const SPECIFIER = '(?:(?:>=|<=|>|<|~=)\\s*\\d+(?:\\.\\d+)*|(?:==|!=)\\s*\\d+(?:\\.\\d+)*(?:\\.\\*)?)';
const RANGE = new RegExp(`^\\s*${SPECIFIER}(?:\\s*,\\s*${SPECIFIER})*\\s*$`);

export const pythonVersion: ContentCheck = {
  code: 'manifest/python-version',
  severity: 'warning',
  message: 'python_version is a range as Python packages write it.',
  find({ document, manifest }) {
    const given = textOf(manifest.python_version);
    if (given === undefined || RANGE.test(given)) return [];
    const meant = suggestionFor(given);
    return [
      {
        message: `"${given}" is no range of Python versions. Use one such as ">=3.9" or ">=3.9,<4".`,
        pointer: '/python_version',
        fixes: fixes({
          title: `Use ${meant}`,
          edits: meant === undefined ? [] : replaceValue(document, '/python_version', meant),
        }),
      },
    ];
  },
};

function suggestionFor(given: string): string | undefined {
  const [, caret, number, major] = /^\s*(\^|=)?\s*((\d+)(?:\.\d+)*)\+?\s*$/.exec(given) ?? [];
  if (number !== undefined) return caret === '^' ? `>=${number},<${Number(major) + 1}` : `>=${number}`;
  const withCommas = given.trim().replace(/\s+(?=[<>=!~])/g, ',');
  return RANGE.test(withCommas) ? withCommas : undefined;
}
