/** A value of a notification's details in the words of a message. */

/** Lists of plain values are joined, all else that is not plain is shown as JSON. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value) && value.every(isPlain)) return value.map(String).join(', ');
  return isPlain(value) ? String(value) : JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
