import type { Fix } from '@shared/contracts';
import { type ParseError, printParseErrorCode } from 'jsonc-parser';
import { type Finding, fixes, type TextCheck } from '../check';
import { insertAt, replaceSpan } from '../edits';
import type { ManifestDocument } from '../manifest-document';

/** One mistake often makes the parser stumble many times. */
const MOST_TOLD = 10;

export const notJson: TextCheck = {
  code: 'manifest/not-json',
  severity: 'error',
  message: 'plugin.json is strict JSON: no comments, no trailing commas, double quotes.',
  find(document) {
    if (document.text.trim() === '') {
      return [
        {
          message:
            'plugin.json is empty. Write a JSON object with at least name, version, plugin_type and entry_point.',
        },
      ];
    }
    const told = document.syntaxErrors.filter(isFirstAt).slice(0, MOST_TOLD);
    return told.map((error) => explain(document, error));
  },
};

const isFirstAt = ({ offset }: ParseError, index: number, errors: readonly ParseError[]) =>
  offset !== errors[index - 1]?.offset;

function explain({ text }: ManifestDocument, { error, offset, length }: ParseError): Finding {
  const mistake = printParseErrorCode(error);
  const span = { offset, length };
  const comma = text.slice(0, offset).search(/,\s*$/);
  if (comma >= 0 && /[}\]]/.test(text[offset] ?? '')) {
    const trailing = { offset: comma, length: 1 };
    return {
      message: 'JSON allows no comma after the last item. Remove it.',
      span: trailing,
      fixes: fixes({ title: 'Remove the comma', edits: [replaceSpan(trailing, '')] }),
    };
  }
  if (mistake === 'InvalidCommentToken') {
    return {
      message: 'JSON allows no comments. Remove it.',
      span,
      fixes: fixes({ title: 'Remove the comment', edits: [replaceSpan(span, '')] }),
    };
  }
  if (mistake === 'CommaExpected') {
    return { message: 'A comma is missing before this.', span, fixes: missingComma(text, offset) };
  }
  return { message: sentences[mistake] ?? 'This is not JSON.', span };
}

function missingComma(text: string, offset: number): readonly Fix[] {
  const end = text.slice(0, offset).trimEnd().length;
  return text[offset] === '"' ? fixes({ title: 'Insert a comma', edits: [insertAt(end, ',')] }) : [];
}

const sentences: Record<string, string | undefined> = {
  InvalidSymbol: 'This is not JSON: values are numbers, true, false, null, or text in double quotes.',
  InvalidNumberFormat: 'This is not a JSON number.',
  UnexpectedEndOfNumber: 'This number is not complete: a digit is missing.',
  PropertyNameExpected: 'A property name in double quotes is missing here.',
  ValueExpected: 'A value is missing here.',
  ColonExpected: 'A colon is missing between the name and its value.',
  CloseBraceExpected: 'A closing } is missing: the object has no end.',
  CloseBracketExpected: 'A closing ] is missing: the list has no end.',
  EndOfFileExpected: 'The document ends before this. Remove what follows.',
  UnexpectedEndOfComment: 'JSON allows no comments, and this one has no end. Remove it.',
  UnexpectedEndOfString: 'The closing quote of this text is missing.',
  InvalidUnicode: 'After \\u come four hexadecimal digits.',
  InvalidEscapeCharacter: 'JSON does not know this escape. Write \\\\ for a backslash.',
  InvalidCharacter: 'Text cannot hold a bare tab or line end. Write \\t or \\n.',
};
