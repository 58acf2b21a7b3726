/** Where the window stood when it was closed. A file that is gone or broken means the default place. */
import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { writeAtomically } from '../files';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SavedBoundsSchema = Type.Object({
  x: Type.Integer(),
  y: Type.Integer(),
  width: Type.Integer(),
  height: Type.Integer(),
  maximized: Type.Boolean(),
});
export type SavedBounds = Static<typeof SavedBoundsSchema>;

export const DEFAULT_SIZE = { width: 1440, height: 900 };
export const SMALLEST_SIZE = { width: 900, height: 600 };

export async function readBounds(file: string): Promise<SavedBounds | undefined> {
  try {
    const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Value.Check(SavedBoundsSchema, saved) ? saved : undefined;
  } catch {
    return undefined;
  }
}

export const writeBounds = (file: string, bounds: SavedBounds) => writeAtomically(file, JSON.stringify(bounds));

/** The saved place as far as a display still shows it; without one only a size, which the system places itself. */
export function placeWindow(
  saved: SavedBounds | undefined,
  displays: readonly Rectangle[],
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const display = saved && displays.find((area) => holdsTitleBar(area, saved));
  if (saved === undefined || display === undefined) return DEFAULT_SIZE;
  return {
    x: saved.x,
    y: saved.y,
    width: Math.max(SMALLEST_SIZE.width, Math.min(saved.width, display.width)),
    height: Math.max(SMALLEST_SIZE.height, Math.min(saved.height, display.height)),
  };
}

/** Enough of the upper edge to take hold of it with the mouse. */
function holdsTitleBar(display: Rectangle, window: Rectangle): boolean {
  const visible = Math.min(display.x + display.width, window.x + window.width) - Math.max(display.x, window.x);
  return visible >= 100 && window.y >= display.y - 10 && window.y <= display.y + display.height - 50;
}
