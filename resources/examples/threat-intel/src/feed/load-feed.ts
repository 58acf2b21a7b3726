/** Makes an index of a feed's text, with what its reader should know about it. */
import type { Settings } from '../settings';
import type { FeedState } from './feed';
import { createIndicatorIndex } from './indicator-index';
import { parseFeed } from './parse-feed';

export function loadFeed(
  name: string,
  text: string,
  generation: string,
  { feedFormat, maxIndicators }: Pick<Settings, 'feedFormat' | 'maxIndicators'>,
): FeedState {
  const { entries, skipped, isCut, format } = parseFeed(text, feedFormat, maxIndicators);
  const warnings = [
    ...(entries.length === 0 && text.trim() !== '' ? [`${name} holds no indicator. It was read as ${format}.`] : []),
    ...(skipped > 0 ? [`${name}: ${skipped} ${skipped === 1 ? 'entry is' : 'entries are'} not understood.`] : []),
    ...(isCut ? [`${name} holds more than ${maxIndicators} indicators; the rest was not read (max_indicators).`] : []),
  ];
  return { index: createIndicatorIndex(entries), generation, warnings };
}
