import { expect, test } from 'vitest';
import { basedOn, expectedVersion, type OpenDocument, stepForDisk } from './documents-model';

const clean: OpenDocument = {
  uri: 'file:///p/a.ts',
  folder: '/p',
  path: 'a.ts',
  version: 'v1',
  dirty: false,
  saving: false,
};
const dirty: OpenDocument = { ...clean, dirty: true };
const theirs = { text: 'theirs', version: 'v2' };
const changed: OpenDocument = { ...dirty, conflict: { kind: 'changed', ...theirs } };
const deleted: OpenDocument = { ...dirty, conflict: { kind: 'deleted' } };

test('a clean text follows the disk', () => {
  expect(stepForDisk(clean, 'base', theirs)).toEqual({ kind: 'follow', ...theirs });
});

test('a text with changes of its own asks when the disk changes', () => {
  expect(stepForDisk(dirty, 'mine', theirs)).toEqual({ kind: 'conflict', conflict: { kind: 'changed', ...theirs } });
});

test('the same text on both sides is no conflict, whoever wrote it', () => {
  expect(stepForDisk(dirty, 'theirs', theirs)).toEqual({ kind: 'settle', version: 'v2' });
  expect(stepForDisk(changed, 'theirs', theirs)).toEqual({ kind: 'settle', version: 'v2' });
});

test('news of a write that changed nothing is ignored', () => {
  expect(stepForDisk(dirty, 'mine', { text: 'base', version: 'v1' })).toEqual({ kind: 'nothing' });
  expect(stepForDisk(clean, 'base', { text: 'base', version: 'v1' })).toEqual({ kind: 'nothing' });
});

test('a conflict ends when the disk returns to what the text is based on', () => {
  expect(stepForDisk(changed, 'mine', { text: 'base', version: 'v1' })).toEqual({ kind: 'calm' });
});

test('a file that goes is said once, and a clean text follows it when it comes back', () => {
  expect(stepForDisk(clean, 'base', undefined)).toEqual({ kind: 'conflict', conflict: { kind: 'deleted' } });
  expect(stepForDisk(deleted, 'mine', undefined)).toEqual({ kind: 'nothing' });
  expect(stepForDisk({ ...clean, conflict: { kind: 'deleted' } }, 'base', theirs)).toEqual({
    kind: 'follow',
    ...theirs,
  });
});

test('a second change on disk is what the conflict then shows', () => {
  const again = { text: 'theirs again', version: 'v3' };
  expect(stepForDisk(changed, 'mine', again)).toEqual({ kind: 'conflict', conflict: { kind: 'changed', ...again } });
});

test('saving overwrites a changed file only once the person has answered', () => {
  expect(expectedVersion(changed, false)).toBe('v1');
  expect(expectedVersion(changed, true)).toBe('v2');
});

test('saving a deleted file makes it anew, and never over one that has come back', () => {
  expect(expectedVersion(deleted, false)).toBeNull();
});

test('an answered document has no conflict', () => {
  expect(basedOn(changed, 'v2')).toEqual({ ...dirty, version: 'v2' });
});
