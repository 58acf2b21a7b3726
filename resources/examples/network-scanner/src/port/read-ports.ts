/** Ports as people write them: `22,80,8000-8010`, or a list of numbers and such ranges. */
import { ValidationError } from 'mcp-plugin-sdk';

/** @returns In the given order, each once. @throws ValidationError */
export function readPorts(value: unknown): number[] {
  const parts = Array.isArray(value) ? value.map(String) : [String(value)];
  const words = parts
    .flatMap((part) => part.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const ports = new Set<number>();
  for (const word of words) for (const port of readRange(word)) ports.add(port);
  if (ports.size === 0) throw new ValidationError('No port is given. Write them like 22,80,8000-8010.');
  return [...ports];
}

function readRange(word: string): number[] {
  const [first = '', last = first, ...rest] = word.split('-').map((part) => part.trim());
  const [from, to] = [Number(first), Number(last)];
  const isValid = [first, last].every((part) => /^[0-9]{1,5}$/.test(part)) && from >= 1 && to <= 65_535 && from <= to;
  if (!isValid || rest.length > 0) {
    throw new ValidationError(`"${word}" is no port. Write ports from 1 to 65535 like 22,80,8000-8010.`);
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
