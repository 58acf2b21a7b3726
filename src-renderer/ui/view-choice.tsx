/** A document as a form, as text, or as both; where there is no room for both it says why, and how to make some. */
import { SegmentedControl } from '@mantine/core';

interface ViewChoiceProps<Text extends string> {
  readonly text: { readonly value: Text; readonly label: string };
  readonly value: 'form' | 'split' | Text;
  /** In pixels. */
  readonly room: { readonly needed: number; readonly there: number };
  onChoose(view: 'form' | 'split' | Text): void;
}

export const whyNoSplit = ({ needed, there }: ViewChoiceProps<string>['room']): string =>
  `Form and text need ${needed} pixels beside each other, and there are ${there}. Hide the side bar (Ctrl+B) or the ` +
  'panels at the right (Ctrl+Alt+B), or drag the border of this one.';

export function ViewChoice<Text extends string>({ text, value, room, onChoose }: ViewChoiceProps<Text>) {
  const isNarrow = room.there < room.needed;
  return (
    <SegmentedControl
      size="xs"
      aria-label="View"
      data={[
        { value: 'form', label: 'Form' },
        {
          value: 'split',
          label: isNarrow ? <span title={whyNoSplit(room)}>Split</span> : 'Split',
          disabled: isNarrow,
        },
        text,
      ]}
      value={value}
      onChange={(next) => onChoose(next as typeof value)}
    />
  );
}
