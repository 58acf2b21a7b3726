import { expect, test } from 'vitest';
import { createDrafts, type DraftTarget } from '../stores/drafts';
import { memoryStorage } from '../stores/memory-storage.fixture';
import { draftStorage, type PageStorages } from './draft-storage';

const FILE: DraftTarget = { kind: 'file', folder: '/plugin', path: 'src/a.ts' };

/** Tabs of one browser share their origin's storage, and have one each. */
function openBrowser() {
  const localStorage = memoryStorage();
  return () => {
    const page: PageStorages = { localStorage, sessionStorage: memoryStorage() };
    return { page, drafts: () => createDrafts(draftStorage(page, false)) };
  };
}

test('a tab that saves a file leaves what another has not saved of it, also once that has crashed', () => {
  const openTab = openBrowser();
  const [one, other] = [openTab(), openTab()];
  const [saving, typing] = [one.drafts(), other.drafts()];
  typing.touch(FILE, () => ({ text: 'theirs', version: 'v1' }));
  typing.flush();
  saving.touch(FILE, () => ({ text: 'mine', version: 'v1' }));
  saving.flush();
  saving.touch(FILE, () => undefined);
  saving.flush();
  expect(saving.read(FILE)).toBeUndefined();
  expect(other.drafts().read(FILE)).toEqual({ text: 'theirs', version: 'v1' });
});

test('the desktop’s window keeps what is not saved for its next start', () => {
  const localStorage = memoryStorage();
  const open = () => createDrafts(draftStorage({ localStorage, sessionStorage: memoryStorage() }, true));
  const before = open();
  before.touch(FILE, () => ({ text: 'mine', version: 'v1' }));
  before.flush();
  expect(open().read(FILE)).toEqual({ text: 'mine', version: 'v1' });
});

test('a page that may keep nothing has no storage', () => {
  const refuse = () => {
    throw new DOMException('Access is denied.', 'SecurityError');
  };
  const page = Object.defineProperties({} as PageStorages, {
    localStorage: { get: refuse },
    sessionStorage: { get: refuse },
  });
  expect([draftStorage(page, true), draftStorage(page, false)]).toEqual([undefined, undefined]);
});
