import type { PermissionState, PermissionUse } from '@shared/contracts';
import { expect, test } from 'vitest';
import { applyEdits } from '../../editor/minimal-edit';
import { declarationOf, diffOf, shownUses, sortedHosts, summaryOf, whyOf, wishOf } from './model';

const MANIFEST = `{
  "name": "feeds",
  "capabilities": {
    "file_system_access": true,
    "network_access": true,
    "required_permissions": [
      "file_system_access",
      "network_access"
    ]
  },
  "author": "me"
}
`;

test('a question says in words what the plugin wants, and whether its manifest asks for it', () => {
  expect(wishOf({ permission: 'network_access', host: 'feeds.example.com' })).toEqual({
    verb: 'connect to',
    object: 'feeds.example.com',
  });
  expect(wishOf({ permission: 'file_system_access' })).toEqual({ verb: 'use', object: 'files' });
  expect(declarationOf({ permission: 'network_access', declared: true })).toBe('plugin.json asks for network_access.');
  expect(declarationOf({ permission: 'database_access', declared: false })).toMatch(/does not ask for database_access/);
});

test('each permission says why it stands as it does', () => {
  const entry = { permission: 'file_system_access', declared: true, grant: 'ask', always: false } as const;
  expect(whyOf(entry, false)).toBe('You are asked when it is first used.');
  expect(whyOf({ ...entry, grant: 'granted', always: true }, false)).toBe('You granted it for good.');
  expect(whyOf({ ...entry, grant: 'denied' }, false)).toBe('You denied it until its process ends.');
  expect(whyOf({ ...entry, declared: false }, false)).toMatch(/^Refused/);
  expect(whyOf({ ...entry, refusedBy: '/data/registry.yaml' }, false)).toBe(
    'Refused: allowed_permissions of /data/registry.yaml lacks it.',
  );
  expect(whyOf({ ...entry, declared: false }, true)).toBe('You are asked when it is first used.');
  expect(whyOf({ ...entry, permission: 'process_execution', grant: 'never' }, true)).toMatch(/^Never: /);
});

test('granted hosts come before denied ones, each by name', () => {
  const host = (name: string, grant: 'granted' | 'denied') => ({ host: name, grant, always: true });
  const sorted = sortedHosts([host('z', 'denied'), host('b', 'granted'), host('a', 'denied'), host('a2', 'granted')]);
  expect(sorted.map((each) => each.host)).toEqual(['a2', 'b', 'a', 'z']);
});

test('uses are shown with the newest first, on demand the denied alone', () => {
  const use = (what: string, allowed: boolean): PermissionUse => ({
    permission: 'file_system_access',
    operation: 'file-read',
    what,
    allowed,
    count: 1,
    lastAt: 1,
  });
  const uses = [use('one', true), use('two', false), use('three', false)];
  expect(shownUses(uses, false).map(({ what }) => what)).toEqual(['three', 'two', 'one']);
  expect(shownUses(uses, true).map(({ what }) => what)).toEqual(['three', 'two']);
});

test('the summary names what the manifest asks for, and the hosts that are granted', () => {
  const state: PermissionState = {
    folder: '/a',
    permissions: [
      { permission: 'file_system_access', declared: true, grant: 'ask', always: false },
      { permission: 'network_access', declared: true, grant: 'granted', always: true },
      { permission: 'database_access', declared: false, grant: 'ask', always: false },
    ],
    hosts: [
      { host: 'a.example.com', grant: 'granted', always: true },
      { host: 'b.example.com', grant: 'denied', always: true },
    ],
    uses: [],
    usesOmitted: 0,
    recording: false,
  };
  expect(summaryOf(state)).toEqual(['file_system_access: ask', 'network_access: a.example.com']);
  expect(summaryOf({ ...state, permissions: [] })).toEqual(['plugin.json asks for no permission']);
});

test('a difference has the changed lines and a few around them, and nothing that stays within', () => {
  const offset = MANIFEST.indexOf('    "file_system_access": true');
  const first = { offset, length: '    "file_system_access": true,\n'.length, text: '' };
  const second = {
    offset: MANIFEST.indexOf('      "file_system_access"'),
    length: '      "file_system_access",\n'.length,
    text: '',
  };
  expect(diffOf(MANIFEST, [first, second])).toEqual([
    { kind: 'same', text: '  "name": "feeds",' },
    { kind: 'same', text: '  "capabilities": {' },
    { kind: 'removed', text: '    "file_system_access": true,' },
    { kind: 'same', text: '    "network_access": true,' },
    { kind: 'same', text: '    "required_permissions": [' },
    { kind: 'removed', text: '      "file_system_access",' },
    { kind: 'same', text: '      "network_access"' },
    { kind: 'same', text: '    ]' },
  ]);
  expect(applyEdits(MANIFEST, [first, second])).not.toContain('file_system_access');
  expect(diffOf(MANIFEST, [])).toEqual([]);
});
