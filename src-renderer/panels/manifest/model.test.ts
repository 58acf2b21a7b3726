import { describe, expect, test } from 'vitest';
import type { OffsetEdit } from '../../editor/minimal-edit';
import {
  parseManifest,
  permissionStates,
  placeOfError,
  problemsAt,
  schemaProperties,
  sectionAt,
  setPermission,
  setValue,
} from './model';

const apply = (text: string, edit: OffsetEdit | undefined) =>
  edit === undefined ? text : text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);

const manifest = `{
    "name": "static-analyzer",
    "x-team": "blue",   "version": "1.2",
    "capabilities": {"required_permissions": ["network_access"], "network_access": true}
}
`;

describe('setValue', () => {
  test('touches only the value and leaves formatting, order and unknown fields as they were', () => {
    expect(apply(manifest, setValue(manifest, ['version'], '1.2.0'))).toBe(manifest.replace('"1.2"', '"1.2.0"'));
  });

  test('adds a missing field with the indentation of the document', () => {
    const changed = apply(manifest, setValue(manifest, ['description'], 'Finds things'));
    expect(changed).toContain('\n    "description": "Finds things"');
    expect(parseManifest(changed)?.['x-team']).toBe('blue');
  });

  test('takes a field out where the value is undefined', () => {
    expect(parseManifest(apply(manifest, setValue(manifest, ['x-team'], undefined)))).not.toHaveProperty('x-team');
  });
});

describe('permissions', () => {
  test('are set in the flag and in the list by one edit', () => {
    const changed = parseManifest(apply(manifest, setPermission(manifest, 'file_system_access', true)));
    expect(changed?.capabilities).toEqual({
      required_permissions: ['network_access', 'file_system_access'],
      network_access: true,
      file_system_access: true,
    });
  });

  test('are taken out of the flag and of the list by one edit', () => {
    const changed = parseManifest(apply(manifest, setPermission(manifest, 'network_access', false)));
    expect(changed?.capabilities).toEqual({ required_permissions: [] });
  });

  test('count as declared where only the list has them', () => {
    const states = permissionStates({ capabilities: { required_permissions: ['database_access'] } });
    expect(states.filter(({ declared }) => declared).map(({ permission }) => permission)).toEqual(['database_access']);
  });
});

test('a text that is no JSON object is no document', () => {
  expect(['{', '[]', '"x"', ''].map(parseManifest)).toEqual([undefined, undefined, undefined, undefined]);
});

test('the problems of a field are those at its pointer and inside it', () => {
  const at = (pointer: string) => ({
    source: 'manifest' as const,
    file: 'plugin.json',
    range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    severity: 'error' as const,
    code: 'manifest/x',
    message: pointer,
    pointer,
  });
  const found = problemsAt([at('/tags'), at('/tags/0'), at('/tagsy')], '/tags');
  expect(found.map(({ message }) => message)).toEqual(['/tags', '/tags/0']);
});

test('the properties of a configuration schema say their type and what they allow', () => {
  const properties = schemaProperties({
    config_schema: {
      properties: {
        severity_threshold: { type: 'string', enum: ['low', 'high'], description: 'What to report' },
        entropy: { type: 'number', minimum: 0, maximum: 8 },
        rules: { type: 'array', items: { type: 'string' } },
      },
    },
  });
  expect(properties).toEqual([
    { name: 'severity_threshold', type: 'string', allowed: 'low, high', description: 'What to report' },
    { name: 'entropy', type: 'number', allowed: '0 to 8', description: '' },
    { name: 'rules', type: 'array of string', allowed: '', description: '' },
  ]);
});

test('the section that is read is the last whose heading has come near the top', () => {
  const sections = [
    { id: 'general', top: 0 },
    { id: 'capabilities', top: 400 },
    { id: 'publishing', top: 900 },
  ];
  expect([0, 300, 360, 700].map((scrolled) => sectionAt(sections, scrolled, 800))).toEqual([
    'general',
    'general',
    'capabilities',
    'capabilities',
  ]);
  expect(sectionAt(sections, 800, 800)).toBe('publishing');
  expect(sectionAt(sections, 0, 0)).toBe('general');
});

test('what is no JSON says where it stops being some', () => {
  expect(placeOfError('{\n  "name": "a"\n  "version": "1.0.0"\n}\n')).toEqual({ line: 3, column: 3 });
  expect(placeOfError('[]')).toEqual({ line: 1, column: 1 });
  expect(placeOfError('{ "name": "a" }')).toBeUndefined();
});
