/** About how many bytes a plain value takes in memory: its texts by their lengths, everything else by its place. */
const BYTES_OF_A_PLACE = 16;

export function weigh(value: unknown): number {
  let bytes = 0;
  const open: unknown[] = [value];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    bytes += BYTES_OF_A_PLACE;
    if (typeof next === 'string') bytes += next.length;
    else if (Array.isArray(next)) for (const each of next) open.push(each);
    else if (typeof next === 'object' && next !== null) {
      for (const [name, each] of Object.entries(next)) {
        bytes += name.length;
        open.push(each);
      }
    }
  }
  return bytes;
}
