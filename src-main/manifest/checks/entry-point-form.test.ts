import { testCheck } from '../plugin-folder.fixture';
import { entryPointForm } from './entry-point-form';

const refused = (given: string, fix?: string) => ({
  manifest: { entry_point: given },
  finds: [
    {
      message: /is no entry point\. Use module:Class/,
      marks: JSON.stringify(given),
      pointer: '/entry_point',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(entryPointForm, {
  'a path': refused('src/analyzer.ts:MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  'a path from the folder': refused('./src/analyzer:MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  backslashes: refused('src\\analyzer.js:MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  spaces: refused('src.analyzer: MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  'only a module': refused('src.analyzer'),
  'only a class, when one file has it': refused(':MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  'a class that is none': refused('src.analyzer:My-Analyzer'),
  'two colons': refused('a:b:C'),
  'a name without its start, when one file has the class': refused('.analyzer..:MyAnalyzer', 'src.analyzer:MyAnalyzer'),
  nothing: refused(''),
  'a dotted module': { manifest: {} },
  'what is no text is told elsewhere': { manifest: { entry_point: 5 } },
});
