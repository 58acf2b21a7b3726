/** What can be typed into the filter of the events. */
import type { FilterExamples } from '../../ui/filter-help';

export const EVENT_FILTER: FilterExamples = {
  examples: [
    ['type:security.**', 'Types: * is one segment, ** any number of them'],
    ['type:scan.*,analysis.*', 'One or the other'],
    ['-type:system.**', 'All but these; -source: too'],
    ['priority>=high', 'This priority and higher: critical, high, medium, low'],
    ['source:static-analyzer*', 'Who published it'],
    ['tag:injection', 'Events that carry the tag'],
    ['correlation:run-41', 'All that followed from one request'],
    ['sql injection', 'Both words, anywhere in the event'],
    ['"sql injection"', 'Exactly this text'],
  ],
  keys: '/ goes to the filter, P pauses, J and K move, Enter opens.',
};
