/** Reads `key=value` from the command line: a dotted key is a path, a value is what YAML makes of it. */
import { StudioError } from '@shared/errors';
import { isScalar, parseDocument } from 'yaml';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Throws cli/bad-config. Later assignments win. */
export function readAssignments(assignments: readonly string[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=');
    const path = assignment.slice(0, Math.max(0, equals)).split('.');
    if (equals <= 0 || path.some((part) => part.trim() === '' || FORBIDDEN.has(part))) {
      throw badConfig(assignment, 'write key=value, such as --config limits.depth=3');
    }
    assign(config, path, readValue(assignment, assignment.slice(equals + 1)));
  }
  return config;
}

function assign(config: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = config;
  for (const part of path.slice(0, -1)) {
    const inner = target[part];
    const next: Record<string, unknown> = isMap(inner) ? inner : {};
    target[part] = next;
    target = next;
  }
  target[path.at(-1)!] = value;
}

/** Numbers, booleans, null and text; lists and maps in their one-line form, such as [a, b]. */
function readValue(assignment: string, text: string): unknown {
  const document = parseDocument(text);
  if (/^\s*[[{]/.test(text)) {
    if (document.errors[0] !== undefined) throw badConfig(assignment, document.errors[0].message.split('\n')[0]!);
    return document.toJS();
  }
  // Text that happens to look like other YAML, such as "a: b" or "*", is meant as it stands.
  return document.errors.length === 0 && isScalar(document.contents) ? document.contents.value : text;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const badConfig = (assignment: string, remedy: string) =>
  new StudioError('cli/bad-config', `--config ${assignment} is no assignment: ${remedy}.`, { data: { assignment } });
