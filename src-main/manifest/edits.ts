/** Fixes of plugin.json as edits of its text: what they do not touch keeps its formatting to the byte. */
import type { TextEdit } from '@shared/contracts';
import { type JSONPath, modify } from 'jsonc-parser';
import { toPointer } from '../config';
import { MANIFEST_FILE, type ManifestDocument, type Span } from './manifest-document';

export const replaceSpan = ({ offset, length }: Span, text: string, file = MANIFEST_FILE): TextEdit => ({
  file,
  offset,
  length,
  text,
});

export const insertAt = (offset: number, text: string, file = MANIFEST_FILE): TextEdit =>
  replaceSpan({ offset, length: 0 }, text, file);

/** Replaces a value that is there. */
export function replaceValue(document: ManifestDocument, pointer: string, value: unknown): TextEdit[] {
  const node = document.nodeAt(pointer);
  return node === undefined ? [] : [replaceSpan(node, JSON.stringify(value))];
}

/** Takes an item out of a list, with the comma before it; not the first one. */
export function removeItem(document: ManifestDocument, path: readonly string[], index: number): TextEdit[] {
  const before = document.nodeAt(toPointer([...path, index - 1]));
  const item = document.nodeAt(toPointer([...path, index]));
  if (before === undefined || item === undefined) return [];
  const start = before.offset + before.length;
  return [replaceSpan({ offset: start, length: item.offset + item.length - start }, '')];
}

/** Sets a value, with the objects and lists around it where they are missing; undefined removes it. */
export const setValue = (document: ManifestDocument, path: JSONPath, value: unknown): TextEdit[] =>
  modify(document.text, path, value, { formattingOptions: formattingOf(document.text), isArrayInsertion: false }).map(
    ({ offset, length, content }) => replaceSpan({ offset, length }, content),
  );

export const appendItem = (document: ManifestDocument, path: JSONPath, value: unknown): TextEdit[] =>
  modify(document.text, [...path, -1], value, {
    formattingOptions: formattingOf(document.text),
    isArrayInsertion: true,
  }).map(({ offset, length, content }) => replaceSpan({ offset, length }, content));

function formattingOf(text: string) {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
