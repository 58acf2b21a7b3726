import { describe, expect, test } from 'vitest';
import { findExportedClass, findPythonClass } from './find-class';

describe('findExportedClass', () => {
  test.each([
    ['export class X {}', 1],
    ['\n\nexport  class X extends Y {}', 3],
    ['export abstract class X {}', 1],
    ['class X {}\nexport { X };', 1],
    ['class Y {}\nexport { Y as X };', 2],
    ['import { X } from "./x";\nexport { X };', 2],
    ['// one\nexport { A, X } from "./x";', 2],
    ['export { default as X } from "./x";', 1],
    ['export const X = class {};', 1],
    ['export const X: typeof Base = class extends Base {};', 1],
    ['const s = "`";\nexport class X {}', 2],
  ])('finds X in %j', (source, line) => {
    expect(findExportedClass(source, 'X')).toMatchObject({ kind: 'found', line });
  });

  test.each([
    'export const X = makePlugin();',
    'export * from "./x";',
    'module.exports = { X };',
    'exports.X = X;',
    'export = X;',
    'export const { X } = classes;',
  ])('is unsure of %j', (source) => {
    expect(findExportedClass(source, 'X').kind).toBe('unsure');
  });

  test.each([
    ['', {}],
    ['// export class X {}', {}],
    ['const text = `\nexport class X {}\n`;', {}],
    ['export class XY {}\nclass $X {}', { exported: ['XY'] }],
    ['class X {}', { declaredAt: 0 }],
    ['abstract class X {}', { declaredAt: 0 }],
    ['export default class X {}', { defaultAt: 7 }],
    ['export interface X {}', { exportedAs: 'interface' }],
    ['export type X = string;', { exportedAs: 'type' }],
    ['export function X() {}', { exportedAs: 'function' }],
    ['export { type X } from "./x";', {}],
    ['export type { X } from "./x";', {}],
    ['class A {}\nexport { A as B };\nexport class C {}', { exported: ['C', 'B'] }],
    ['class A {}\nexport { A };\nexport class C {}', { exported: ['C', 'A'] }],
  ])('says that %j does not export X', (source, expected) => {
    expect(findExportedClass(source, 'X')).toMatchObject({ kind: 'absent', ...expected });
  });
});

describe('findPythonClass', () => {
  test('finds a class at the top level', () => {
    expect(findPythonClass('import re\n\nclass X(AnalyzerPlugin):\n  pass\n', 'X')).toEqual({ kind: 'found', line: 3 });
  });

  test('is unsure of an imported or nested class', () => {
    expect(findPythonClass('from .x import X\n', 'X').kind).toBe('unsure');
    expect(findPythonClass('from .x import *\n', 'X').kind).toBe('unsure');
  });

  test('says what is there instead', () => {
    expect(findPythonClass('class Y:\n  pass\n', 'X')).toEqual({ kind: 'absent', exported: ['Y'] });
  });
});
