/** Values and errors of a plugin as text. Whatever they do when they are looked at, this returns. */
import { cutText, LOG_MESSAGE_LIMIT } from '@shared/contracts/runner-limits';
import type { RunnerError } from '@shared/contracts/runner-protocol';
import { toJsonValue } from './to-json-value';

const STACK_LIMIT = 32_768;

function attempt<Value>(read: () => Value, fallback: Value): Value {
  try {
    return read();
  } catch {
    return fallback;
  }
}

const textField = (value: object, field: string): string | undefined =>
  attempt(() => {
    const text = (value as Record<string, unknown>)[field];
    return typeof text === 'string' ? text : undefined;
  }, undefined);

const isErrorLike = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && textField(value, 'message') !== undefined;

/** What was thrown, whatever it is. */
export function describeError(thrown: unknown): RunnerError {
  if (!isErrorLike(thrown)) {
    return { name: 'Error', message: cutText(`The plugin threw ${describeValue(thrown)}`, LOG_MESSAGE_LIMIT) };
  }
  const name = cutText(textField(thrown, 'name') ?? 'Error', 200);
  const message = cutText(textField(thrown, 'message') ?? '', LOG_MESSAGE_LIMIT);
  const stack = textField(thrown, 'stack');
  return stack === undefined ? { name, message } : { name, message, stack: cutText(stack, STACK_LIMIT) };
}

function describeObject(value: object): string {
  if (isErrorLike(value) && textField(value, 'stack') !== undefined) return textField(value, 'stack') ?? '';
  const why = (error: unknown) => (isErrorLike(error) ? textField(error, 'message') : 'unreadable');
  try {
    return JSON.stringify(toJsonValue(value, 'value'));
  } catch (error) {
    return `[${attempt(() => Object.prototype.toString.call(value), 'object')}: ${why(error)}]`;
  }
}

/** Text as it is, errors with their stack, all else as JSON. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return describeObject(value);
  if (typeof value === 'function') return `[function ${textField(value, 'name') ?? ''}]`;
  return attempt(() => String(value), 'unreadable');
}

/** The parts of a log message, joined and cut. */
export const describeParts = (parts: readonly unknown[]): string =>
  cutText(parts.map(describeValue).join(' '), LOG_MESSAGE_LIMIT);
