import { testCheck } from '../plugin-folder.fixture';
import { notAllowed } from './not-allowed';

const KINDS = '"analyzer", "enricher", "scanner", "notifier", "processor" or "connector"';

testCheck(notAllowed, {
  'a misspelt type of plugin': {
    manifest: { plugin_type: 'analyser' },
    finds: [
      {
        message: `"plugin_type" must be ${KINDS}, not "analyser". Did you mean "analyzer"?`,
        marks: '"analyser"',
        pointer: '/plugin_type',
        fixes: ['Use analyzer'],
        leaves: '"plugin_type": "analyzer"',
      },
    ],
  },
  'another case': {
    manifest: { plugin_type: 'Scanner' },
    finds: [{ message: /Did you mean "scanner"/, marks: '"Scanner"', fixes: ['Use scanner'] }],
  },
  'nothing like any': {
    manifest: { plugin_type: 'widget' },
    finds: [{ message: `"plugin_type" must be ${KINDS}, not "widget".`, marks: '"widget"' }],
  },
  'every type of the contract': { manifest: { plugin_type: 'connector' } },
});
