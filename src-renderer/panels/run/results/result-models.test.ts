import type { Run } from '@shared/contracts';
import { expect, it } from 'vitest';
import { deliveriesOf, flowOf, kindOf, partsOfResponse, severityOfScore } from './result-models';

const event = (event_id: string) => ({ event_id, event_type: 'custom', timestamp: '2026-11-22T10:00:00Z' });

it('each event out is linked to the event in that it came of', () => {
  const { ins, outs, causes } = flowOf({
    request: { events: [event('a'), event('b'), event('c')] },
    response: {
      events: [event('x'), event('y'), event('z')],
      handled: [
        { event_id: 'a', published: ['x'], duration: 0.1 },
        { event_id: 'b', published: ['y', 'z'], duration: 0.1 },
      ],
    },
  });
  expect(outs.map(({ event_id }) => causes.get(event_id))).toEqual([0, 1, 1]);
  expect(ins.map(({ handled }) => handled?.published.length)).toEqual([1, 2, undefined]);
});

it('the deliveries of all notifications of a run are listed, also where one has no answer', () => {
  const exchanges: Run['exchanges'] = [
    { label: 'a:1', request: { title: '', message: 'first' }, outcome: 'crashed', durationMs: 1 },
    {
      label: 'a:2',
      request: { title: 'Second' },
      response: { results: [{ notification_id: 'n', channel: 'slack', success: true }] },
      outcome: 'success',
      durationMs: 1,
    },
  ];
  expect(deliveriesOf({ exchanges })).toMatchObject([{ title: 'Second', result: { channel: 'slack' } }]);
});

it('what a notifier says it sent stands apart from what came back', () => {
  const response_data = { sent: { text: 'a' }, deliveries: [{ success: true }] };
  expect(partsOfResponse({ response_data })).toEqual({
    sent: { text: 'a' },
    answer: { deliveries: [{ success: true }] },
  });
  expect(partsOfResponse({})).toEqual({ sent: undefined, answer: {} });
});

it('an event is called by what others of its family are not', () => {
  const types = ['security.incident_created', 'scan.completed', 'custom', 'acme.edr.host_isolated'];
  expect(types.map((event_type) => kindOf({ event_type }))).toEqual([
    'incident created',
    'completed',
    'custom',
    'edr.host isolated',
  ]);
});

it('a score is as grave as CVSS has it', () => {
  expect([0, 3.9, 4, 7, 9, 10].map(severityOfScore)).toEqual(['info', 'low', 'medium', 'high', 'critical', 'critical']);
});
