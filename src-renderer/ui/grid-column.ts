/** What a grid shows of its rows. */
import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** A CSS grid track, such as 96px or minmax(120px, 1fr). */
  readonly width: string;
  readonly sortable?: boolean;
  readonly align?: 'end';
  render(row: Row): ReactNode;
}

export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** A click asks to see a row; a key or a menu only goes to it. */
export type SelectedBy = 'click' | 'key' | 'menu';
