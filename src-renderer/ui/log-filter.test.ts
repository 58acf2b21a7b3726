import { expect, it } from 'vitest';
import { logMatcher, parseLogFilter, withLevel } from './log-filter';
import type { LogMessage } from './log-lines';

const message = (key: string, more: Partial<LogMessage> = {}): LogMessage => ({
  key,
  time: 0,
  level: 'info',
  message: 'looked',
  plugin: 'static-analyzer',
  ...more,
});
const log = [
  message('1', { level: 'debug', message: 'Opened the feed', plugin: 'threat-intel' }),
  message('2', { fields: { file: 'App.py', hits: 3 } }),
  message('3', { level: 'warning', run: { id: 'b2e0-11', name: 'a.py' } }),
  message('4', { level: 'error', message: 'broke', plugin: 'threat-intel' }),
];

function shown(text: string) {
  const { filter, problems } = parseLogFilter(text, 'several');
  expect(problems).toEqual([]);
  return log.filter(logMatcher(filter)).map(({ key }) => key);
}

it('a level lets itself and what is worse through', () => {
  expect(shown('')).toEqual(['1', '2', '3', '4']);
  expect(shown('level>=info')).toEqual(['2', '3', '4']);
  expect(shown('level:error')).toEqual(['4']);
});

it('text is found in the message and in its fields, whatever the case', () => {
  expect(shown('opened FEED')).toEqual(['1']);
  expect(shown('app.py')).toEqual(['2']);
  expect(shown('"opened feed"')).toEqual([]);
});

it('plugins and runs are told apart', () => {
  expect(shown('plugin:threat*')).toEqual(['1', '4']);
  expect(shown('-plugin:threat-intel')).toEqual(['2', '3']);
  expect(shown('plugin:threat*,static-analyzer level>=warning')).toEqual(['3', '4']);
  expect(shown('run:b2e0')).toEqual(['3']);
});

it.each([
  ['level>=loud', 'There is no level "loud". Levels: debug, info, warning, error.'],
  ['level:info', 'Write level>=info for info and worse.'],
  ['level>=info level>=error', 'One level is enough: the least to show.'],
  ['source:x', 'There is no field "source". Fields: level, plugin, run. To look for it as text, put it in quotes.'],
  ['plugin:', '"plugin" needs a value, such as plugin:static-analyzer.'],
  ['plugin>=x', 'Only level is compared with >=. Write plugin:static-analyzer.'],
  ['-run:x', 'Only a plugin can be left out with "-". Take the "-" away.'],
  ['"open', 'The quote is not closed. Add a " at its end.'],
])('%s is a problem with its place', (text, problem) => {
  const { problems } = parseLogFilter(`word ${text}`, 'several');
  expect(problems.map((each) => each.message)).toEqual([problem]);
  expect(problems[0]?.end).toBe(`word ${text}`.length);
});

it('a list of one run has only levels and text', () => {
  expect(parseLogFilter('plugin:x', 'one').problems).toHaveLength(1);
});

it('a level that is chosen takes the place of the one that was typed', () => {
  expect(withLevel('level>=error words', 'warning')).toBe('words level>=warning');
  expect(withLevel('words level>=warning', 'debug')).toBe('words');
});
