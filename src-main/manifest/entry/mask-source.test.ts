// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test hold placeholders.
import { describe, expect, test } from 'vitest';
import { maskSource } from './mask-source';

const words = (source: string) => maskSource(source).match(/\b[a-z]+\b/gi) ?? [];

describe('maskSource', () => {
  test.each([
    ['a // b\nc', ['a', 'c']],
    ['a /* b\n d */ c', ['a', 'c']],
    ['a "b // x" c', ['a', 'c']],
    [`a 'b\\' x' c`, ['a', 'c']],
    ['a `b ${c + `d ${e} f`} g` h', ['a', 'c', 'e', 'h']],
    ['a `b ${ { c: "}" }.c } d` e', ['a', 'c', 'c', 'e']],
    ['a = /b[/]"x/ + c', ['a', 'c']],
    ['return /b/.test(c)', ['return', 'test', 'c']],
    ['a = b / c / d', ['a', 'b', 'c', 'd']],
    ['a = (b) / c; d = 1 / e', ['a', 'b', 'c', 'd', 'e']],
    ['a = "x" / b / c', ['a', 'b', 'c']],
    ['#!/usr/bin/env node\na', ['a']],
    ['a "b\nc', ['a', 'c']],
    ['a /* b', ['a']],
    ['a `b', ['a']],
  ])('of %j keeps %j', (source, expected) => {
    expect(words(source)).toEqual(expected);
  });

  test('keeps every offset and line', () => {
    const source = 'a /* b\r\n */\n"c\\"d" `e\n${f}`';
    const masked = maskSource(source);
    expect(masked).toHaveLength(source.length);
    expect(masked.split('\n')).toHaveLength(source.split('\n').length);
    expect(masked.indexOf('f')).toBe(source.indexOf('f'));
  });

  test('a large source takes no more than a moment', () => {
    const source = 'const a = "b"; // c\n/* d */ const e = `f ${g} h`;\n'.repeat(20_000);
    const start = performance.now();
    maskSource(source);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
