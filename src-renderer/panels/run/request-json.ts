/**
 * The request as JSON text and back. A long sample is not written out: its place is held by a line that says how long
 * it is, and reading puts the text back, so that a request of megabytes is edited like a short one.
 */
import { getNodeValue, type ParseError, type ParseErrorCode, parseTree } from 'jsonc-parser';
import type { RequestDocument } from '../../stores/request-edits';
import { formatBytes } from '../../ui/figures';

export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ReadRequest =
  | { readonly document: RequestDocument; readonly problem?: undefined }
  | { readonly document?: undefined; readonly problem: JsonProblem };

/** Characters; longer contents are held out of the text. */
const LONGEST_CONTENT = 100_000;

const contentOf = ({ target_data }: RequestDocument): string | undefined => {
  const content = (target_data as { content?: unknown } | undefined)?.content;
  return typeof content === 'string' ? content : undefined;
};

const withContent = (document: RequestDocument, content: string): RequestDocument => ({
  ...document,
  target_data: { ...(document.target_data as object), content },
});

const placeholderFor = (content: string) => `(the sample's text, ${formatBytes(content.length)}, not shown)`;

export function printRequest(document: RequestDocument): string {
  const content = contentOf(document);
  const shown =
    content !== undefined && content.length > LONGEST_CONTENT
      ? withContent(document, placeholderFor(content))
      : document;
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

/** The names of jsonc-parser's codes as sentences. */
const MESSAGES: Partial<Record<ParseErrorCode, string>> = {
  1: 'This symbol does not belong here.',
  2: 'This is not a number.',
  3: 'A name in double quotes belongs here.',
  4: 'A value belongs here.',
  5: 'A colon belongs here.',
  6: 'A comma belongs here.',
  7: 'A } belongs here.',
  8: 'A ] belongs here.',
  9: 'The document is over here; the rest does not belong to it.',
  10: 'JSON has no comments.',
  11: 'The comment is not closed.',
  12: 'The text is not closed. Add a " at its end.',
  13: 'The number is not complete.',
  14: 'This is no Unicode escape: \\u wants four hexadecimal digits.',
  15: 'There is no such escape.',
  16: 'This character must be escaped.',
};

function placeOf(text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** @param original what was printed, to take a text from that was held out of it. */
export function readRequest(text: string, original: RequestDocument): ReadRequest {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [error] = errors;
  if (error !== undefined || tree === undefined) {
    const message = MESSAGES[error?.error ?? 4] ?? 'This is not JSON.';
    return { problem: { ...placeOf(text, error?.offset ?? 0), message } };
  }
  if (tree.type !== 'object') {
    return {
      problem: { ...placeOf(text, tree.offset), message: 'A request is an object: it begins with { and ends with }.' },
    };
  }
  const document = getNodeValue(tree) as RequestDocument;
  const held = contentOf(original);
  return {
    document:
      held !== undefined && contentOf(document) === placeholderFor(held) ? withContent(document, held) : document,
  };
}
