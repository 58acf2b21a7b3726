import { testCheck } from '../plugin-folder.fixture';
import { noPluginClass } from './no-plugin-class';

const source = (text: string) => ({ manifest: {}, files: { 'src/analyzer.ts': text } });
const warned = (text: string) => ({
  ...source(text),
  finds: [
    {
      message: /^MyAnalyzer in src\/analyzer\.ts extends no plugin class, .* extends AnalyzerPlugin, imported from/,
      marks: '"src.analyzer:MyAnalyzer"',
      pointer: '/entry_point',
    },
  ],
});

testCheck(noPluginClass, {
  'a class that extends nothing': warned('export class MyAnalyzer {}\n'),
  'one that only implements': warned('export class MyAnalyzer implements Analyzer { analyze() {} }\n'),
  'one that is listed as an export': warned('class MyAnalyzer { analyze() {} }\nexport { MyAnalyzer };\n'),
  'one that extends what may be a plugin': source('export class MyAnalyzer extends Base {}\n'),
  'one that has all on its own': source('export class MyAnalyzer { async initialize() {} }\n'),
  'one that may be mixed in later': source('export class MyAnalyzer {}\nObject.assign(MyAnalyzer, {});\n'),
  'one of another file': source("export { MyAnalyzer } from './other';\n"),
});
