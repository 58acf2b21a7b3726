/** Where a stack says that something happened, in the plugin's own files. */
import type { TestPlace } from '@shared/contracts';

/** Lines and columns begin with 1; a plugin may have written the stack itself. */
const FRAME = /^\s+at (?:async )?(?:.*\()?([^()]+?):([1-9]\d{0,8}):([1-9]\d{0,8})\)?$/;

const isOwn = ({ file }: TestPlace) => !file.startsWith('mcp-plugin-sdk') && !/^(\w+:|\/|<)/.test(file);

function placesIn(stack: string): TestPlace[] {
  return stack.split('\n').flatMap((line) => {
    const [, file, row, column] = FRAME.exec(line) ?? [];
    return file === undefined ? [] : [{ file, line: Number(row), column: Number(column) }];
  });
}

/**
 * The place in the file of tests where there is one, else the first of the plugin's own.
 * @param stack Already mapped.
 */
export function placeOf(stack: string, testFile: string): TestPlace | undefined {
  const places = placesIn(stack).filter(isOwn);
  return places.find(({ file }) => file === testFile) ?? places[0];
}

/** Without the frames of the SDK, which say nothing about the plugin. */
export const ownFrames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || !/mcp-plugin-sdk|<anonymous>|test-entry/.test(line))
    .join('\n');
