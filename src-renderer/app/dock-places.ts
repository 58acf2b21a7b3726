/**
 * Where a panel belongs, decided from what is where, so that a person may move everything and every panel still finds a
 * sensible place. Editors go to the centre, tools to the right or the bottom.
 */
export type Place = 'center' | 'right' | 'bottom';

export interface GroupView {
  readonly id: string;
  readonly panels: readonly string[];
}

export type Target =
  | { readonly kind: 'within'; readonly group: string }
  | { readonly kind: 'beside'; readonly group: string; readonly direction: 'left' | 'right' | 'above' | 'below' }
  | { readonly kind: 'alone'; readonly direction: 'left' | 'right' | 'above' | 'below' };

/** The first group that holds a panel of that place. */
export const groupOf = (place: Place, groups: readonly GroupView[], placeOf: (panel: string) => Place) =>
  groups.find(({ panels }) => panels.some((panel) => placeOf(panel) === place));

/** @param active the group that had the focus last; editors go there if it holds editors. */
export function targetFor(
  place: Place,
  groups: readonly GroupView[],
  placeOf: (panel: string) => Place,
  active?: string,
): Target {
  const holds = (group: GroupView, wanted: Place) => group.panels.some((panel) => placeOf(panel) === wanted);
  const focused = groups.find(({ id }) => id === active);
  if (place === 'center' && focused !== undefined && (holds(focused, 'center') || focused.panels.length === 0)) {
    return { kind: 'within', group: focused.id };
  }
  const own = groupOf(place, groups, placeOf);
  if (own !== undefined) return { kind: 'within', group: own.id };
  const empty = groups.find(({ panels }) => panels.length === 0);
  if (place === 'center') {
    if (empty !== undefined) return { kind: 'within', group: empty.id };
    const right = groupOf('right', groups, placeOf);
    if (right !== undefined) return { kind: 'beside', group: right.id, direction: 'left' };
    return { kind: 'alone', direction: 'above' };
  }
  if (place === 'bottom') return { kind: 'alone', direction: 'below' };
  const centre = groupOf('center', groups, placeOf) ?? empty;
  return centre === undefined
    ? { kind: 'alone', direction: 'right' }
    : { kind: 'beside', group: centre.id, direction: 'right' };
}

/** Empty groups that nobody needs: one empty centre stays as long as there is no editor. */
export function superfluousGroups(groups: readonly GroupView[], placeOf: (panel: string) => Place): string[] {
  const empty = groups.filter(({ panels }) => panels.length === 0).map(({ id }) => id);
  return groupOf('center', groups, placeOf) === undefined ? empty.slice(1) : empty;
}
