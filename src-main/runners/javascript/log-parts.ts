/**
 * What a plugin hands to its logger: texts and errors are the message, a plain object at the end is its fields. What
 * cannot be kept as data stands in the message, as anything else does.
 */
import { LOG_FIELDS_LIMIT } from '@shared/contracts/runner-limits';
import { describeParts, describeValue } from './describe-value';
import { toJsonValue } from './to-json-value';

export interface LogParts {
  readonly message: string;
  readonly fields?: Record<string, unknown>;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}

/** Errors have nothing that JSON would show: they are among the fields by their stack. */
const readable = (value: unknown) => (value instanceof Error ? describeValue(value) : value);

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  try {
    if (!isPlain(value)) return undefined;
    const shown = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, readable(field)]));
    const fields = toJsonValue(shown, 'fields') as Record<string, unknown>;
    return JSON.stringify(fields).length <= LOG_FIELDS_LIMIT ? fields : undefined;
  } catch {
    // A getter that throws, or something that JSON has no word for: the message describes it.
    return undefined;
  }
}

export function logParts(parts: readonly unknown[]): LogParts {
  const fields = parts.length > 1 ? fieldsOf(parts.at(-1)) : undefined;
  if (fields === undefined) return { message: describeParts(parts) };
  return { message: describeParts(parts.slice(0, -1)), fields };
}
