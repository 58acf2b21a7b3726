/** What is read out of a run's exchanges, for the views of each type. */
import type { EventRequest, EventResponse, HandledEvent, Run } from '@shared/contracts';
import type { NotificationResponse, NotificationResult, SecurityEvent } from '@shared/schemas';

export interface Delivery {
  readonly key: string;
  readonly title: string;
  readonly result: NotificationResult;
  readonly request: Readonly<Record<string, unknown>>;
}

export function deliveriesOf({ exchanges }: Pick<Run, 'exchanges'>): readonly Delivery[] {
  return exchanges.flatMap(({ label, request, response }, at) => {
    const { results } = (response ?? {}) as Partial<NotificationResponse>;
    const title = [request.title, request.message].find((text) => typeof text === 'string' && text !== '');
    return (Array.isArray(results) ? results : []).map((result, index) => ({
      key: `${at}/${index}`,
      title: typeof title === 'string' ? title : label,
      result,
      request,
    }));
  });
}

/** A notifier that says what it sent says it in `sent` of its response data; the rest is what came back. */
export function partsOfResponse({ response_data }: Pick<NotificationResult, 'response_data'>): {
  readonly sent: unknown;
  readonly answer: Readonly<Record<string, unknown>>;
} {
  const { sent, ...answer } = response_data ?? {};
  return { sent, answer };
}

export interface EventIn {
  readonly event: SecurityEvent;
  /** Undefined where it was not sent. */
  readonly handled: HandledEvent | undefined;
}

export interface Flow {
  readonly ins: readonly EventIn[];
  readonly outs: readonly SecurityEvent[];
  /** Of each event out the place of the event in that it came of. */
  readonly causes: ReadonlyMap<string, number>;
}

export function flowOf({ request, response }: Pick<Run, 'request' | 'response'>): Flow {
  const { events = [] } = request as Partial<EventRequest>;
  const { events: outs = [], handled = [] } = (response ?? {}) as Partial<EventResponse>;
  const causes = new Map(handled.flatMap(({ published }, at) => published.map((id) => [id, at] as const)));
  return { ins: (events as SecurityEvent[]).map((event, at) => ({ event, handled: handled[at] })), outs, causes };
}

/** What tells an event apart from others of its family, which have the first segment of their type in common. */
export const kindOf = ({ event_type }: Pick<SecurityEvent, 'event_type'>): string =>
  event_type.slice(event_type.indexOf('.') + 1).replaceAll('_', ' ');

/** As CVSS has it. */
export const severityOfScore = (score: number): string =>
  score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : score > 0 ? 'low' : 'info';
