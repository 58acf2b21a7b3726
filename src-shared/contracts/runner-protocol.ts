/**
 * What the host and a plugin's own process say to each other, over the process's channel as JSON. Either side may
 * be compromised: each message is checked against these schemas where it arrives. Messages from the runner may be
 * batched in an array.
 */
import { type Static, Type } from 'typebox';
import { EventFilterSchema, EventInputSchema, SecurityEventSchema, SubscriptionOptionsSchema } from '../schemas';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { ErrorSchema } from './shapes';

const id = Type.Integer({ minimum: 1 });

/** The contract's plugin context, as far as it is data. */
export const RunnerContextSchema = Type.Object({
  plugin_id: Type.String(),
  instance_id: Type.String(),
  startup_time: Type.String(),
  working_directory: Type.String(),
  temp_directory: Type.String(),
  platform_version: Type.String(),
  api_version: Type.String(),
  environment: Type.String(),
});
export type RunnerContext = Static<typeof RunnerContextSchema>;

export const HostMessageSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('load'),
    id,
    /** The artifact: CommonJS with its source map inline. */
    code: Type.String(),
    /** What stack traces call it. */
    url: Type.String(),
    className: Type.String(),
    config: anyMap(),
    context: RunnerContextSchema,
  }),
  /** Calls a method of the contract by its wire name, such as get_supported_types. */
  Type.Object({ kind: Type.Literal('invoke'), id, method: Type.String(), args: Type.Array(Type.Unknown()) }),
  /** Answered by `result` once every event was handled; an error counts the delivery failed. */
  Type.Object({
    kind: Type.Literal('deliver'),
    id,
    subscription: Type.String(),
    events: Type.Array(SecurityEventSchema),
  }),
  /** Answers a request of the runner. */
  Type.Object({
    kind: Type.Literal('reply'),
    id,
    value: Type.Optional(Type.Unknown()),
    error: Type.Optional(ErrorSchema),
  }),
]);
export type HostMessage = Static<typeof HostMessageSchema>;

export const RunnerErrorSchema = Type.Object({
  /** The class of the error, such as PluginError. */
  name: Type.String(),
  message: Type.String(),
  /** In the plugin's own files and lines. */
  stack: Type.Optional(Type.String()),
});
export type RunnerError = Static<typeof RunnerErrorSchema>;

export const RunnerMessageSchema = Type.Union([
  Type.Object({ kind: Type.Literal('ready') }),
  Type.Object({
    kind: Type.Literal('result'),
    id,
    value: Type.Optional(Type.Unknown()),
    error: Type.Optional(RunnerErrorSchema),
  }),
  Type.Object({
    kind: Type.Literal('log'),
    level: oneOf(['debug', 'info', 'warning', 'error']),
    message: Type.String(),
  }),
  Type.Object({ kind: Type.Literal('publish'), id, event: EventInputSchema }),
  Type.Object({
    kind: Type.Literal('subscribe'),
    id,
    subscriber: Type.String(),
    filter: Type.Optional(EventFilterSchema),
    options: Type.Optional(SubscriptionOptionsSchema),
  }),
  Type.Object({ kind: Type.Literal('unsubscribe'), id, subscription: Type.String() }),
  Type.Object({ kind: Type.Literal('list-subscriptions'), id }),
  Type.Object({ kind: Type.Literal('bus-metrics'), id }),
  Type.Object({ kind: Type.Literal('event-history'), id, limit: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
]);
export type RunnerMessage = Static<typeof RunnerMessageSchema>;
