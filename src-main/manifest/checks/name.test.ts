import { testCheck } from '../plugin-folder.fixture';
import { name } from './name';

const refused = (given: string, fix?: string) => ({
  manifest: { name: given },
  finds: [
    {
      message: /is no plugin name/,
      marks: JSON.stringify(given),
      pointer: '/name',
      fixes: fix === undefined ? [] : [`Use ${fix}`],
    },
  ],
});

testCheck(name, {
  capitals: refused('MyAnalyzer', 'my-analyzer'),
  spaces: refused(' Static  Analyzer ', 'static-analyzer'),
  underscores: refused('static_analyzer', 'static-analyzer'),
  'marks over letters': refused('Prüfer', 'prufer'),
  'hyphens at the ends, or two of them': refused('-a--b-', 'a-b'),
  'nothing left to use': refused('分析', undefined),
  'nothing at all': refused('', undefined),
  'a way out of a folder': refused('../x', 'x'),
  'letters, digits and hyphens': { manifest: { name: 'a1-b2' } },
});
