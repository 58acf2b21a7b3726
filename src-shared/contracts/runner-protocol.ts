/**
 * What the host and a plugin's own process say to each other. It travels as JSON, one message or an array of messages
 * a line, over a pipe of its own (CHANNEL_FD), so that the host can stop reading while a plugin floods it. Either side
 * may be compromised: each message is checked where it arrives. A second pipe (LIFELINE_FD) ties the process to the
 * host: when it closes, the process ends itself; over it goes how much memory the process holds, in bytes, a line each.
 */
import { type Static, Type } from 'typebox';
import {
  EventFilterSchema,
  EventInputSchema,
  PluginTypeSchema,
  SecurityEventSchema,
  SubscriptionOptionsSchema,
} from '../schemas';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { ACCESS_SITE_LIMIT } from './runner-limits';
import { ErrorSchema } from './shapes';

const id = Type.Integer({ minimum: 1 });

/** The `id` of the invoke that the code was running for. */
const duringCall = Type.Optional(id);

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
    /** What the class must be; unknown where it is no plugin, as that of a test file. */
    pluginType: Type.Optional(PluginTypeSchema),
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
  /** The class of the error, such as PluginError; UnknownMethodError where the plugin has no such method. */
  name: Type.String(),
  message: Type.String(),
  /** As the engine wrote it, in the bundle's lines; the host maps it to the plugin's own files. */
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
    /** What came after the message, as data. */
    fields: Type.Optional(anyMap()),
    call: duringCall,
  }),
  /** Answered with the fields that the host filled in. */
  Type.Object({ kind: Type.Literal('publish'), id, event: EventInputSchema, call: duringCall }),
  Type.Object({
    kind: Type.Literal('subscribe'),
    id,
    subscriber: Type.String(),
    filter: Type.Optional(EventFilterSchema),
    options: Type.Optional(SubscriptionOptionsSchema),
  }),
  /** Asks for an operation of capability-operations.ts; what breaks its contract is answered, as is a denial. */
  Type.Object({
    kind: Type.Literal('access'),
    id,
    operation: Type.String(),
    args: Type.Unknown(),
    /** The engine's stack text of the plugin's call, in the bundle's lines. */
    site: Type.Optional(Type.String({ maxLength: ACCESS_SITE_LIMIT })),
    call: duringCall,
  }),
  Type.Object({ kind: Type.Literal('unsubscribe'), id, subscription: Type.String() }),
  Type.Object({ kind: Type.Literal('list-subscriptions'), id }),
  Type.Object({ kind: Type.Literal('bus-metrics'), id }),
  Type.Object({ kind: Type.Literal('event-history'), id, limit: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
]);
export type RunnerMessage = Static<typeof RunnerMessageSchema>;
