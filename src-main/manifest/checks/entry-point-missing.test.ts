import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { testCheck } from '../plugin-folder.fixture';
import { entryPointMissing } from './entry-point-missing';

testCheck(entryPointMissing, {
  'no such file: the message lists where it looked': {
    manifest: { entry_point: 'scanner:Nowhere' },
    finds: [
      {
        message:
          'There is no module "scanner". Looked for scanner.ts, scanner.js, scanner.mjs, scanner.py, scanner/__init__.py, ' +
          'scanner.wasm, scanner.c, scanner.wat, src/scanner.ts, src/scanner.js, src/scanner.mjs, src/scanner.py, ' +
          'src/scanner/__init__.py, src/scanner.wasm, src/scanner.c, src/scanner.wat.',
        marks: '"scanner:Nowhere"',
        pointer: '/entry_point',
      },
    ],
  },
  'a misspelt module': {
    manifest: { entry_point: 'src.analizer:Other' },
    finds: [
      {
        message: /Did you mean "src\.analyzer:Other"\?$/,
        marks: '"src.analizer:Other"',
        fixes: ['Use src.analyzer:Other'],
      },
    ],
  },
  'another module that has the class': {
    manifest: { entry_point: 'main:MyAnalyzer' },
    finds: [
      {
        message: /Did you mean "src\.analyzer:MyAnalyzer"/,
        marks: '"main:MyAnalyzer"',
        fixes: ['Use src.analyzer:MyAnalyzer'],
      },
    ],
  },
  'two modules that have the class': {
    manifest: { entry_point: 'main:Same' },
    files: { 'src/one.ts': 'export class Same {}', 'src/two.ts': 'export class Same {}' },
    finds: [{ message: /There is no module "main"/, marks: '"main:Same"' }],
  },
  'a folder with the name of the module': {
    manifest: { entry_point: 'thing:Nowhere' },
    prepare: ({ path }) => mkdir(join(path, 'thing.ts')).then(() => undefined),
    finds: [{ message: /There is no module "thing"/, marks: '"thing:Nowhere"' }],
  },
  'found in the folder and in src': { manifest: { entry_point: 'analyzer:MyAnalyzer' } },
});
