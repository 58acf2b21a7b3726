/** The parts of Slack's Block Kit that a notification is made of, and how much Slack takes of each. */

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: boolean;
}

export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
}

export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text?: Mrkdwn; readonly fields?: readonly Mrkdwn[] }
  | { readonly type: 'context'; readonly elements: readonly Mrkdwn[] };

/** The body of a request to an incoming webhook. */
export interface WebhookMessage {
  /** What notifications of the operating system and screen readers show. */
  readonly text: string;
  readonly channel?: string;
  readonly unfurl_links: boolean;
  readonly unfurl_media: boolean;
  readonly attachments: readonly { readonly color: string; readonly blocks: readonly Block[] }[];
}

/** In characters, or in items where a list is meant. */
export const SLACK_LIMITS = {
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  contextElements: 10,
  contextText: 300,
  fallback: 3000,
  /** Sections of text. Slack takes 50 blocks; nobody reads more than this in a channel. */
  sections: 4,
} as const;

export const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text });
