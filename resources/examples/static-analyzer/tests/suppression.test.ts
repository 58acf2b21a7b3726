import { createTestContext, expect, test } from 'mcp-plugin-sdk/testing';
import { StaticAnalyzer } from '../src/analyzer';

async function findings(content: string) {
  const plugin = new StaticAnalyzer(createTestContext());
  await plugin.initialize();
  const { vulnerabilities = [], summary } = await plugin.analyze({
    request_id: 'request-1',
    target_type: 'source_code',
    target_data: { content, filename: 'random.py' },
  });
  return { rules: vulnerabilities.map(({ custom_fields }) => custom_fields?.rule_id), suppressed: summary?.suppressed };
}

const LINE = 'digest = hashlib.md5(password).hexdigest()';

test.each([
  ['on the line itself', `${LINE}  # studio-ignore`],
  ['on the line before', `# studio-ignore\n${LINE}`],
  ['for that rule alone', `${LINE}  # studio-ignore: weak-hash`],
])('a comment %s silences a finding, which is counted', async (_where, code) => {
  expect(await findings(`import hashlib\n${code}\n`)).toEqual({ rules: [], suppressed: 1 });
});

test('a comment for another rule silences nothing', async () => {
  expect(await findings(`import hashlib\n${LINE}  # studio-ignore: sql-injection\n`)).toEqual({
    rules: ['weak-hash'],
    suppressed: 0,
  });
});
