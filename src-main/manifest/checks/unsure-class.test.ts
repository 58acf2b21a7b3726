import { testCheck } from '../plugin-folder.fixture';
import { unsureClass } from './unsure-class';

const unsure = (source: string, message: RegExp) => ({
  manifest: {},
  files: { 'src/analyzer.ts': source },
  finds: [{ message, marks: '"src.analyzer:MyAnalyzer"', pointer: '/entry_point' }],
});

testCheck(unsureClass, {
  'everything of another module': unsure('export * from "./other";', /passes on whatever another module exports/),
  'a value': unsure('export const MyAnalyzer = make();', /may or may not be a class/),
  CommonJS: unsure('module.exports = {};', /CommonJS/),
  'a source that is not text': unsure('export class MyAnalyzer {}\0', /is not text/),
  'a class that can be seen': { manifest: {} },
});
