import { testCheck } from '../plugin-folder.fixture';
import { noClass } from './no-class';

const absent = (source: string, message: RegExp, ...fixes: string[]) => ({
  manifest: {},
  files: { 'src/analyzer.ts': source },
  finds: [{ message, marks: '"src.analyzer:MyAnalyzer"', pointer: '/entry_point', fixes }],
});

testCheck(noClass, {
  'an empty module': absent(
    '',
    /exports no class MyAnalyzer, and no other class either\. Add "export class MyAnalyzer"/,
  ),
  'a class that lacks export': absent('class MyAnalyzer {}', /lacks "export"/, 'Export MyAnalyzer'),
  'a class that is the default': absent(
    'export default class MyAnalyzer {}',
    /only as the default/,
    'Export MyAnalyzer by its name',
  ),
  'a single other class': absent('export class Other {}', /It exports Other\.$/, 'Use src.analyzer:Other'),
  'several, one of them close': absent(
    'export class A {}\nexport class MyAnalyser {}',
    /exports A, MyAnalyser\.$/,
    'Use src.analyzer:MyAnalyser',
  ),
  'several, none of them close': absent('export class A {}\nexport class B {}', /It exports A, B\.$/),
  'a function': absent('export function MyAnalyzer() {}', /MyAnalyzer is only a function/),
  'a class in a comment': absent('/* export class MyAnalyzer {} */', /no other class either/),
  'a class of Python': {
    manifest: { entry_point: 'src.check:Check' },
    files: { 'src/check.py': 'class Other:\n  pass\n' },
    finds: [
      {
        message: /src\/check\.py exports no class Check\. It exports Other\./,
        marks: '"src.check:Check"',
        fixes: ['Use src.check:Other'],
      },
    ],
  },
  'a class that is exported': { manifest: {} },
  'WebAssembly has no classes': { manifest: { entry_point: 'src.mod:Any' }, files: { 'src/mod.wat': '(module)' } },
});
