import { expect, test } from 'vitest';
import { type GroupView, type Place, superfluousGroups, targetFor } from './dock-places';

const PLACES: Readonly<Record<string, Place>> = { run: 'right', request: 'right', events: 'bottom' };
const placeOf = (panel: string): Place => PLACES[panel] ?? 'center';
const center: GroupView = { id: 'c', panels: ['file:a'] };
const second: GroupView = { id: 'c2', panels: ['file:b'] };
const right: GroupView = { id: 'r', panels: ['run'] };
const bottom: GroupView = { id: 'b', panels: ['events'] };
const empty: GroupView = { id: 'e', panels: [] };

test('an editor opens where the last editor had the focus', () => {
  expect(targetFor('center', [center, second, right], placeOf, 'c2')).toEqual({ kind: 'within', group: 'c2' });
});

test('an editor never opens among tools that had the focus', () => {
  expect(targetFor('center', [right, center], placeOf, 'r')).toEqual({ kind: 'within', group: 'c' });
});

test('an editor fills the empty centre', () => {
  expect(targetFor('center', [empty, right, bottom], placeOf)).toEqual({ kind: 'within', group: 'e' });
});

test('a tool opens with its kind, wherever that was moved', () => {
  expect(targetFor('right', [center, bottom, { id: 'x', panels: ['events', 'request'] }], placeOf)).toEqual({
    kind: 'within',
    group: 'x',
  });
});

test('a tool without its kind gets a group of its own at its side', () => {
  expect(targetFor('right', [center, bottom], placeOf)).toEqual({ kind: 'beside', group: 'c', direction: 'right' });
  expect(targetFor('bottom', [center, right], placeOf)).toEqual({ kind: 'alone', direction: 'below' });
});

test('without any centre the editor opens beside the tools', () => {
  expect(targetFor('center', [right, bottom], placeOf)).toEqual({ kind: 'beside', group: 'r', direction: 'left' });
});

test('one empty centre stays while there is no editor, and none once there is', () => {
  expect(superfluousGroups([empty, { id: 'e2', panels: [] }, right], placeOf)).toEqual(['e2']);
  expect(superfluousGroups([empty, center], placeOf)).toEqual(['e']);
  expect(superfluousGroups([center, right], placeOf)).toEqual([]);
});
