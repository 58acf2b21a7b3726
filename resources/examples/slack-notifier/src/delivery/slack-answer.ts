/** What Slack's answers to a webhook mean, for the person who has to do something about it. */

const MEANINGS: Readonly<Record<string, string>> = {
  invalid_payload: 'Slack does not understand the message.',
  invalid_token: 'The webhook is not valid any more. Make a new one in Slack.',
  no_text: 'Slack got a message without text.',
  no_service: 'The webhook was removed or switched off. Make a new one in Slack.',
  no_service_id: 'The webhook URL is not complete.',
  no_team: 'The workspace of the webhook is not there.',
  team_disabled: 'The workspace of the webhook is switched off.',
  user_not_found: 'The channel names a person whom the workspace does not have.',
  channel_not_found: 'The channel does not exist, or the webhook may not write to it.',
  channel_is_archived: 'The channel is archived.',
  action_prohibited: 'An administrator does not let the webhook write there.',
  posting_to_general_channel_denied: 'An administrator does not let the webhook write to #general.',
  too_many_attachments: 'The message has more attachments than Slack takes.',
  rollup_error: 'Slack could not take the message.',
  rate_limited: 'Slack asks to send more slowly.',
};

const LONGEST_ANSWER = 200;

export function describeAnswer(status: number, body: string): string {
  const said = body.trim().slice(0, LONGEST_ANSWER);
  const meaning = Object.hasOwn(MEANINGS, said) ? MEANINGS[said] : undefined;
  if (meaning !== undefined) return `${meaning} (${status} ${said})`;
  if (status === 429) return 'Slack asks to send more slowly. (429)';
  return said === '' ? `Slack answered ${status}.` : `Slack answered ${status}: ${said}`;
}

/** Whether the same message may be taken later. */
export const isWorthRetrying = (status: number): boolean => status === 429 || status >= 500;
