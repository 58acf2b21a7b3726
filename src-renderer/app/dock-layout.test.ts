import { expect, test } from 'vitest';
import { editorId, placeless, readLayout, type SavedLayout, withoutReveals } from './dock-layout';

const TOOLS = new Set(['run', 'events']);
const target = { kind: 'file', folder: '/p', path: 'src/a.ts' } as const;
const saved = {
  version: 1,
  dock: {
    grid: { root: { type: 'branch', data: [] }, width: 100, height: 100, orientation: 'HORIZONTAL' },
    panels: {
      run: { id: 'run', contentComponent: 'tool', title: 'Run' },
      a: { id: 'a', contentComponent: 'editor', title: 'a.ts', params: { target, reveal: { line: 3 } } },
    },
  },
  tools: ['run', 'events'],
  sideWidth: 248,
  sideVisible: true,
  activeFolder: '/p',
  activeSamples: { '/p': 'one', '/q': 7 },
  expanded: { '/p': ['', 'src'], '/q': 'src', '/r': [3, 'lib'] },
};
const withPanel = (panel: unknown) => ({ ...saved, dock: { ...saved.dock, panels: { x: panel } } });

test('a layout comes back as it was saved, but for what is no sample id and no folder', () => {
  expect(readLayout(JSON.parse(JSON.stringify(saved)), TOOLS)).toEqual({
    ...saved,
    activeSamples: { '/p': 'one' },
    expanded: { '/p': ['', 'src'], '/r': ['lib'] },
  });
});

test('a layout from before folders were remembered is still one', () => {
  const { expanded: _, ...older } = saved;
  expect(readLayout(older, TOOLS)?.expanded).toEqual({});
});

test.each([
  ['nothing', undefined],
  ['another version', { ...saved, version: 2 }],
  ['no grid', { ...saved, dock: { panels: {} } }],
  ['a tool that there is no more', withPanel({ id: 'profiler', contentComponent: 'tool' })],
  ['a component that there is no more', withPanel({ id: 'run', contentComponent: 'chart' })],
  [
    'an editor without its target',
    withPanel({ id: 'a', contentComponent: 'editor', params: { target: { kind: 'file' } } }),
  ],
  ['a width that is no number', { ...saved, sideWidth: '248' }],
])('%s is no layout', (_, value) => {
  expect(readLayout(value, TOOLS)).toBeUndefined();
});

test('the place that was asked for is not kept', () => {
  const { dock } = readLayout(saved, TOOLS) as SavedLayout;
  expect(withoutReveals(dock).panels.a!.params).toEqual({ target });
});

test('one target has one identity, whatever place in it is asked for', () => {
  expect(editorId(placeless({ ...target, line: 9, column: 2 }))).toBe(editorId(target));
  expect(editorId({ kind: 'sample', folder: '/p', sampleId: 'src/a.ts' })).not.toBe(editorId(target));
});
