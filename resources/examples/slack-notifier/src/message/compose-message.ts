/** Makes of a notification what Slack shows: a coloured bar, a title, the text, the details, and where it came from. */
import type { NotificationRequest, Priority } from 'mcp-plugin-sdk';
import { type Block, type Mrkdwn, mrkdwn, SLACK_LIMITS, type WebhookMessage } from './block-kit';
import { describeValue } from './describe-value';
import { clipMrkdwn, clipPlain, splitMrkdwn } from './slack-text';

const COLORS: Readonly<Record<Priority, string>> = {
  critical: '#B3001B',
  high: '#E8590C',
  medium: '#F2B705',
  low: '#2B8A3E',
};

const KINDS: Readonly<Record<NotificationRequest['notification_type'], string>> = {
  alert: 'Alert',
  incident: 'Incident',
  report: 'Report',
  status_update: 'Status update',
  escalation: 'Escalation',
  resolution: 'Resolved',
};

export interface MessageOptions {
  readonly message: string;
  readonly mention: 'none' | 'here' | 'channel';
}

export function composeMessage(request: NotificationRequest, { message, mention }: MessageOptions): WebhookMessage {
  const priority = request.priority ?? 'medium';
  const kind = KINDS[request.notification_type];
  const title = request.title || `${kind} from ${request.source || 'the platform'}`;
  const isMentioned = mention !== 'none' && priority === 'critical';
  const blocks: Block[] = [
    { type: 'header', text: { type: 'plain_text', text: clipPlain(title, SLACK_LIMITS.header), emoji: false } },
    ...(isMentioned ? [section(`<!${mention}>`)] : []),
    ...splitMrkdwn(message, SLACK_LIMITS.section, SLACK_LIMITS.sections).map(section),
    ...describeDetails(request),
    { type: 'context', elements: describeOrigin(request, kind, priority) },
  ];
  return {
    text: clipMrkdwn(`[${priority.toUpperCase()}] ${title}`, SLACK_LIMITS.fallback),
    unfurl_links: false,
    unfurl_media: false,
    attachments: [{ color: colorOf(request, priority), blocks }],
  };
}

const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });

const colorOf = ({ notification_type }: NotificationRequest, priority: Priority): string =>
  notification_type === 'resolution' ? COLORS.low : COLORS[priority];

function describeDetails({ details = {} }: NotificationRequest): Block[] {
  const fields = Object.entries(details)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => field(name, value));
  if (fields.length === 0) return [];
  const shown = fields.slice(0, SLACK_LIMITS.fields);
  const rest = fields.length - shown.length;
  const more: Block[] =
    rest > 0 ? [{ type: 'context', elements: [mrkdwn(`and ${rest} more ${rest === 1 ? 'detail' : 'details'}`)] }] : [];
  return [{ type: 'section', fields: shown }, ...more];
}

function field(name: string, value: unknown): Mrkdwn {
  const label = `*${clipMrkdwn(name.split('_').join(' '), 100)}*\n`;
  return mrkdwn(`${label}${clipMrkdwn(describeValue(value), SLACK_LIMITS.field - label.length)}`);
}

function describeOrigin(request: NotificationRequest, kind: string, priority: Priority): Mrkdwn[] {
  const parts = [
    `${kind} · ${priority}`,
    request.source ? `from ${request.source}` : '',
    request.incident_id ? `incident ${request.incident_id}` : '',
    request.alert_id ? `alert ${request.alert_id}` : '',
    request.tags?.length ? request.tags.join(', ') : '',
    request.timestamp ?? '',
  ];
  return parts
    .filter((part) => part !== '')
    .slice(0, SLACK_LIMITS.contextElements)
    .map((part) => mrkdwn(clipMrkdwn(part, SLACK_LIMITS.contextText)));
}
