/** Runs of notifiers: a sample is a request, or the text of the message. What comes back are deliveries. */
import { NotificationRequestSchema, type NotificationResponse, NotificationResponseSchema } from '@shared/schemas';
import { requestCompleter } from '../complete-request';
import { labelled, objectsOf } from './json-sample';
import { answering } from './judge-response';
import type { Fields, RunType } from './run-type';

/** What a notifier may take: its retries are its own to make. */
const TIMEOUT_SECONDS = 300;

export const notifierRuns: RunType = {
  choices: { channels: 'get_supported_channels' },
  identity: ['title', 'message'],
  requestsOf(sample, { channels = [] }) {
    const completed = (fields: Fields): Fields => ({
      notification_type: 'alert',
      channels: channels.slice(0, 1),
      ...fields,
    });
    const given = objectsOf(sample) ?? [{ message: sample.text.trim() }];
    return labelled(sample.name, given.map(completed));
  },
  complete: requestCompleter(NotificationRequestSchema),
  perform: answering<NotificationResponse>({
    method: 'send_notification',
    schema: NotificationResponseSchema,
    timeout: TIMEOUT_SECONDS,
    results: 'results',
    outcomeOf: ({ status }) => (status === 'failed' ? 'plugin-error' : 'success'),
    warningsOf: ({ status, results = [] }) =>
      status === 'partial'
        ? results
            .filter(({ success }) => !success)
            .map(({ channel, status_message }) => `${channel} was not reached: ${status_message || 'no reason given'}`)
        : [],
  }),
  events: { completed: 'notification.sent', failed: 'notification.failed' },
  timeoutSeconds: TIMEOUT_SECONDS,
  worksBetweenCalls: false,
  keepsExchanges: true,
};
