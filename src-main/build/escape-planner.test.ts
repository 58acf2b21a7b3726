import { describe, expect, it } from 'vitest';
import { createEscapePlanner } from './escape-planner';
import { applyEdits } from './escape-refused-text';

const module = (name: string, body: string) => `// src/${name}.ts\n${body}\n`;
const rules = module('rules', "var rules = ['import(', '<!--'];");
const clean = module('clean', 'var clean = 1;');

/** What the escapes of each step leave, one planner for all. */
async function escaped(...steps: readonly string[]): Promise<string[]> {
  const plan = createEscapePlanner();
  const results: string[] = [];
  for (const code of steps) results.push(applyEdits(code, (await plan(code)).edits));
  return results;
}

const read = (code: string, expression: string): unknown => new Function(`${code}; return ${expression};`)();

describe('planning the escapes of one build after the other', () => {
  it('finds the same places when a module before them has changed', async () => {
    const [, second] = await escaped(clean + rules, module('clean', 'var clean = "longer than before";') + rules);
    expect(second).not.toMatch(/import\(|<!--/);
    expect(read(second ?? '', 'rules')).toEqual(['import(', '<!--']);
  });

  it('sees what was added to a module, and what was taken out of it', async () => {
    const more = module('rules', "var rules = ['import(', '-->', '<!--'];");
    const [first, second, third] = await escaped(clean + rules, clean + more, clean + rules);
    expect(second).not.toMatch(/import\(|-->|<!--/);
    expect(read(second ?? '', 'rules')).toEqual(['import(', '-->', '<!--']);
    expect(third).toBe(first);
  });

  it.each([
    ['a template', 'var text = `before\n// src/other.ts\nimport(`;'],
    ['a comment', 'var text = "import(";\n/* before\n// src/other.ts\n import( */'],
    ['a function', 'var text = (function () {\n// src/other.ts\nreturn "import(";\n})();'],
  ])('is not misled by what looks like the beginning of a module inside %s', async (_name, body) => {
    const code = clean + module('odd', body) + rules;
    const [result = ''] = await escaped(code);
    expect(result).not.toMatch(/import\(|<!--/);
    expect(read(result, '[text, rules]')).toEqual(read(code, '[text, rules]'));
  });

  it('tells a real import at the end of a module from a text', async () => {
    const plan = createEscapePlanner();
    const code = `${clean}${module('late', 'var late = (name) => import(name);')}${rules}`;
    const { refused } = await plan(code);
    expect(refused).toEqual([code.indexOf('import(name)')]);
  });
});
