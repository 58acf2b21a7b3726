/**
 * What a run of a processor or a connector sends and gets, since the contract knows no request of theirs: events in,
 * one after the other, and the events that the plugin published meanwhile.
 */
import { type Static, Type } from 'typebox';
import { EventInputSchema, SecurityEventSchema } from '../schemas';
import { oneOf, seconds } from '../schemas/building-blocks';

export const EventRequestSchema = Type.Object(
  {
    events: Type.Array(EventInputSchema, { description: 'Sent one after the other', minItems: 1 }),
    /** Over the bus an event reaches the plugin only where one of its subscriptions wants it. */
    delivery: Type.Optional(
      oneOf(['process', 'bus'], { description: 'Hand each event to process(), or publish it on the bus' }),
    ),
    timeout: seconds('How long one event may take', 30),
  },
  { title: 'EventRequest' },
);
export type EventRequest = Static<typeof EventRequestSchema>;

export const HandledEventSchema = Type.Object({
  event_id: Type.String(),
  /** Ids of the events that were published while this one was handled. */
  published: Type.Array(Type.String()),
  duration: Type.Number({ minimum: 0, description: 'In seconds' }),
  error_message: Type.Optional(Type.String()),
});
export type HandledEvent = Static<typeof HandledEventSchema>;

export const EventResponseSchema = Type.Object(
  {
    /** What the plugin published, in its order. */
    events: Type.Array(SecurityEventSchema),
    /** Of each event that was sent, in the order of the request. */
    handled: Type.Array(HandledEventSchema),
  },
  { title: 'EventResponse' },
);
export type EventResponse = Static<typeof EventResponseSchema>;
