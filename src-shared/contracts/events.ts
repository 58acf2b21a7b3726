/**
 * What has passed over the event bus. The window opens a query and reads ranges of its rows; it never gets
 * everything. Rows are in the order of their sequence numbers, oldest first. Errors: events/no-query.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { PrioritySchema, SecurityEventSchema } from '../schemas';
import { Done, Nothing } from './shapes';

export const EventQuerySchema = Type.Object({
  types: Type.Optional(Type.Array(Type.String(), { description: 'Patterns; a.* is one segment, a.** any number' })),
  excludeTypes: Type.Optional(Type.Array(Type.String(), { description: 'Patterns; none of them' })),
  minPriority: Type.Optional(PrioritySchema),
  sources: Type.Optional(Type.Array(Type.String(), { description: 'Patterns; * is anything, dots included' })),
  excludeSources: Type.Optional(Type.Array(Type.String(), { description: 'Patterns; none of them' })),
  tags: Type.Optional(Type.Array(Type.String(), { description: 'All of them' })),
  correlationId: Type.Optional(Type.String()),
  texts: Type.Optional(
    Type.Array(Type.String(), { description: 'All of them anywhere in the event, whatever the case' }),
  ),
});
export type EventQuery = Static<typeof EventQuerySchema>;

export const EventRowSchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: 'Never used twice' }),
  timestamp: Type.String(),
  type: Type.String(),
  priority: Type.String(),
  source: Type.String(),
  tags: Type.Array(Type.String()),
  correlationId: Type.Optional(Type.String()),
  /** The data in a line, for the table. */
  summary: Type.String(),
});
export type EventRow = Static<typeof EventRowSchema>;

export const EventStatsSchema = Type.Object({
  stored: Type.Integer({ minimum: 0 }),
  capacity: Type.Integer({ minimum: 1 }),
  published: Type.Integer({ minimum: 0 }),
  /** Oldest events let go because the store was full. */
  evicted: Type.Integer({ minimum: 0 }),
  /** Deliveries that a full queue dropped. */
  dropped: Type.Integer({ minimum: 0 }),
  perSecond: Type.Number({ minimum: 0 }),
});
export type EventStats = Static<typeof EventStatsSchema>;

const total = Type.Integer({ minimum: 0, description: 'Rows that the query has' });
const first = Type.Optional(
  Type.Integer({ minimum: 0, description: 'Number of its oldest row; above 0 once the store has let rows go' }),
);
const complete = Type.Optional(
  Type.Boolean({ description: 'Every stored event was examined; until then there may be more rows' }),
);
const queryId = Type.Integer({ minimum: 1 });

export const eventsService = defineService({
  name: 'events',
  calls: {
    openQuery: call(
      Type.Object({ query: EventQuerySchema }),
      Type.Object({ queryId, total, first, complete, stats: EventStatsSchema }),
    ),
    /**
     * Rows start to end (exclusive); at most 1,000 of them. A row keeps its number, counted from 0 when the query was
     * opened, while older ones are let go: the rows answered begin at start or, where that is gone, at first.
     */
    readRows: call(
      Type.Object({ queryId, start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 0 }) }),
      Type.Object({ rows: Type.Array(EventRowSchema), total, first, complete }),
    ),
    closeQuery: call(Type.Object({ queryId }), Done),
    /** Absent where the store has let it go. */
    readEvent: call(
      Type.Object({ seq: Type.Integer({ minimum: 1 }) }),
      Type.Object({ event: Type.Optional(SecurityEventSchema) }),
    ),
    clear: call(Nothing, Done),
  },
  events: {
    /** At most ten a second, and only while something changes. */
    didChange: Type.Object({
      stats: EventStatsSchema,
      queries: Type.Array(Type.Object({ queryId, total, first, complete })),
    }),
  },
});
