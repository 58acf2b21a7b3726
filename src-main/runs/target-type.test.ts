import { expect, test } from 'vitest';
import { guessTargetType } from './target-type';

const ALL = ['source_code', 'config_file', 'mcp_tools'];
const tools = JSON.stringify({ tools: [{ name: 'add', description: 'Adds', inputSchema: {} }] });

test.each([
  ['orders.py', 'x = 1', 'source_code'],
  ['README', 'text', 'source_code'],
  ['settings.yaml', 'a: 1', 'config_file'],
  ['src/app.JSON', '{"a": 1}', 'config_file'],
  ['.env.production', 'KEY=1', 'config_file'],
  ['docker/Dockerfile', 'FROM x', 'config_file'],
  ['tools.json', tools, 'mcp_tools'],
  ['answer.json', `{"jsonrpc":"2.0","id":1,"result":${tools}}`, 'mcp_tools'],
  ['list.json', '[{"name":"a","inputSchema":{}}]', 'mcp_tools'],
  ['stdin', tools, 'mcp_tools'],
  ['tools.json', '{"tools": "none"}', 'config_file'],
  ['tools.json', '{"tools": [', 'config_file'],
  ['tools.json', 'null', 'config_file'],
])('%s that holds %s is taken for %s', (name, text, expected) => {
  expect(guessTargetType(name, text, ALL)).toBe(expected);
});

test('a type that the plugin does not support gives way to the nearest that it does', () => {
  expect(guessTargetType('tools.json', tools, ['source_code', 'config_file'])).toBe('config_file');
  expect(guessTargetType('a.yaml', '', ['source_code'])).toBe('source_code');
  expect(guessTargetType('a.py', '', ['binary'])).toBe('binary');
});

test('without a list of supported types the guess stands', () => {
  expect(guessTargetType('a.yaml', '', [])).toBe('config_file');
});
