/**
 * What the host and one plugin's process say to each other. The process may say anything: what it says is checked,
 * counted where it is nonsense, and never more than this plugin's own business. Once the process has ended, every call
 * has an answer.
 */
import type { LimitSource } from '@shared/contracts';
import { VALUE_LIMIT } from '@shared/contracts/runner-limits';
import type { RunnerContext, RunnerError, RunnerMessage } from '@shared/contracts/runner-protocol';
import { messageOf, StudioError } from '@shared/errors';
import type { PluginType, SecurityEvent } from '@shared/schemas';
import type { EventBus } from '../bus';
import type { Broker } from '../capabilities/broker';
import { jsonBytes } from '../capabilities/json-bytes';
import type { Redact } from '../config/redactor';
import { createAccessDesk } from './access-desk';
import type { Artifact } from './artifact';
import { createBusBridge } from './bus-bridge';
import { BAD_MESSAGE, checkRunnerMessage } from './checked-message';
import { describeEnd } from './describe-end';
import { createEventRate } from './event-rate';
import { limitError } from './limit-hit';
import { type CallOptions, createPendingCalls } from './pending-calls';
import type { PluginFigures } from './plugin-figures';
import type { PluginLog } from './plugin-log';
import type { RunnerExit, RunnerProcess } from './runner-process';
import type { RuntimeLimits } from './runtime-limits';
import type { StackMapper } from './stack-mapper';

export interface PluginConversation {
  /** @param pluginType what the class must be; undefined where it is not looked at */
  load(
    artifact: Artifact,
    pluginType: PluginType | undefined,
    config: Record<string, unknown>,
    options: CallOptions,
  ): Promise<void>;
  /** Calls a method by its wire name. */
  invoke(method: string, args: unknown[], options: CallOptions): Promise<unknown>;
  /** Ends the process for a reason of ours. The first reason stays. */
  end(reason: StudioError): void;
  /** A call or a delivery waits for its answer. */
  isBusy(): boolean;
  /** From now on no event comes to it. */
  unsubscribe(): void;
  /** Resolves when the plugin is done with the events that it was handed, or after so long. */
  delivered(mostMs: number): Promise<void>;
  /** Stops all time limits until the answer is called. */
  standStill(): () => void;
  /** Resolves with why the process has ended, when it has and every call is settled. */
  readonly ended: Promise<StudioError>;
}

export interface ConversationOptions {
  readonly bus: EventBus;
  readonly runner: RunnerProcess;
  readonly limits: RuntimeLimits;
  readonly log: PluginLog;
  readonly context: RunnerContext;
  readonly mapStack: StackMapper;
  readonly figures?: PluginFigures | undefined;
  /** Does what the sandbox cannot; without it every capability is denied. It is closed with the process. */
  readonly broker?: Broker | undefined;
  /** A person is being asked for the plugin, until the answer is called. */
  readonly onHold?: () => () => void;
  /** Hides the plugin's secrets in all that it says, but for what it asks the broker to do. */
  readonly redact: Redact;
}

type Result = Extract<RunnerMessage, { kind: 'result' }>;

/** Nonsense from the runner that is written to the log; more is only counted. */
const BAD_MESSAGES_LOGGED = 10;

function pluginError({ name, message, stack }: RunnerError, mapStack: StackMapper): StudioError {
  if (name === 'UnknownMethodError') return new StudioError('plugins/unknown-method', message);
  const data = stack === undefined ? { name, message } : { name, message, stack: mapStack(stack) };
  return new StudioError('plugins/plugin-error', `${name}: ${message}`, { data });
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const requestTooLarge = (method: string, bytes: number) =>
  new StudioError(
    'plugins/request-too-large',
    `What ${method} would be called with has ${megabytes(bytes)}; ${megabytes(VALUE_LIMIT)} can go to a plugin at once. Take a smaller sample, or split it.`,
  );

/** An error that was logged is among the fields by its stack. */
const mapStacksOf = (fields: Record<string, unknown> | undefined, mapStack: StackMapper) =>
  fields &&
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? mapStack(value) : value]),
  );

/** What the protocol itself says, such as an id: it is no text of the plugin's, also where a secret reads like it. */
const OF_PROTOCOL = new Set(['kind', 'id', 'call', 'level', 'subscription', 'limit']);

function withoutSecrets(message: RunnerMessage, redact: Redact): RunnerMessage {
  if (redact(message) === message) return message;
  const fields = Object.entries(message).map(([name, value]) => [name, OF_PROTOCOL.has(name) ? value : redact(value)]);
  return Object.fromEntries(fields) as RunnerMessage;
}

const FEWER_EVENTS = 'Publish what others need to know, and await each publish().';
const FEWER_LINES = 'Log what somebody will read: one line for many things, or fewer levels.';

interface Flood {
  readonly did: string;
  readonly may: string;
  readonly what: 'events' | 'lines';
  /** A second. */
  readonly rate: number;
  readonly limit: number;
  readonly burst: number;
  readonly from?: LimitSource | undefined;
  readonly advice: string;
}

function flood({ did, may, what, rate, limit, burst, from = 'built-in', advice }: Flood): StudioError {
  const [taken, overTime, atOnce] = [rate, limit, burst].map((figure) => figure.toLocaleString('en'));
  const message =
    `The plugin ${did} ${taken} ${what} a second and was ended; it may ${may} ${overTime} over time, and ${atOnce} at ` +
    `once. ${advice}${from === 'run' ? ' The run set this limit.' : ''}`;
  return limitError({ reason: 'flood', figure: rate, limit, unit: `${what}/s`, from }, message);
}

export function createPluginConversation(options: ConversationOptions): PluginConversation {
  const { bus, runner, limits, log, context, mapStack, broker, figures, redact } = options;
  const calls = createPendingCalls();
  const deliveries = new Map<number, Promise<unknown>>();
  let badMessages = 0;
  let reason: StudioError | undefined;
  /** The call that the process was ended for. */
  let expired: number | undefined;

  const end = (why: StudioError) => {
    reason ??= why;
    runner.kill();
  };

  const openCall = (callOptions: CallOptions) => {
    const call = calls.open(callOptions, (why) => {
      if (reason === undefined) expired = call.id;
      end(why);
    });
    return call;
  };

  /** A limit that is no call's own ends them all for that reason. */
  const endsAll = ({ data }: StudioError) =>
    data.reason === 'cpu' || data.reason === 'flood' || data.reason === 'memory';

  const published = createEventRate(limits.eventsPerSecond, limits.eventBurst);
  const logged = createEventRate(limits.linesPerSecond, limits.lineBurst);

  function notePublished() {
    figures?.noteEventOut();
    const rate = published.note(performance.now());
    if (rate === undefined || reason !== undefined) return;
    const { eventsPerSecond: limit, eventBurst: burst } = limits;
    const { events: from } = limits.from;
    end(flood({ did: 'published', may: 'publish', what: 'events', rate, limit, burst, from, advice: FEWER_EVENTS }));
  }

  function noteLogged() {
    const rate = logged.note(performance.now());
    if (rate === undefined || reason !== undefined) return;
    const { linesPerSecond: limit, lineBurst: burst } = limits;
    end(flood({ did: 'logged', may: 'log', what: 'lines', rate, limit, burst, advice: FEWER_LINES }));
  }

  async function deliver(subscription: string, events: readonly SecurityEvent[]) {
    // The bus has a time limit of its own for deliveries.
    const { id, answer } = openCall({ timeoutMs: Number.POSITIVE_INFINITY });
    deliveries.set(id, answer);
    figures?.noteEventsIn(events.length);
    runner.sendSoon({ kind: 'deliver', id, subscription, events: [...events] });
    await answer.finally(() => deliveries.delete(id));
  }

  async function delivered(mostMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const isTooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, mostMs);
    });
    await Promise.race([Promise.allSettled(deliveries.values()), isTooLate]);
    clearTimeout(timer);
  }

  const bridge = createBusBridge({
    bus,
    pluginId: context.plugin_id,
    instanceId: context.instance_id,
    waitingEvents: limits.waitingEvents,
    heldBackMs: () => published.heldBackMs,
    runIdOf: calls.runIdOf,
    answer: (id, answer) => runner.sendSoon({ kind: 'reply', id, ...answer }),
    drained: runner.drained,
    deliver,
  });

  const hold = (call: number | undefined) => {
    const goOn = [calls.hold(call), options.onHold?.()];
    return () => {
      for (const resume of goOn) resume?.();
    };
  };
  const accesses = createAccessDesk({ broker, runner, mapStack, hold });

  /** What flooded before it answered has not done its work: its end says why. */
  function settle({ id, value, error }: Result) {
    if (reason !== undefined && endsAll(reason)) return;
    if (error === undefined) calls.resolve(id, value);
    else calls.reject(id, pluginError(error, mapStack));
  }

  function hearResult(result: Result) {
    if (deliveries.has(result.id)) settle(result);
    // An answer must not overtake the events that were published before it.
    else bridge.published().then(() => settle(result));
  }

  function hearLog({ level, message, fields, call }: Extract<RunnerMessage, { kind: 'log' }>) {
    noteLogged();
    // What it said before it was ended is still on its way, and is more of the same.
    if (reason?.data.unit === 'lines/s') return;
    log.append(level, mapStack(message), { runId: calls.runIdOf(call), fields: mapStacksOf(fields, mapStack) });
  }

  function noteBadMessage() {
    badMessages++;
    if (badMessages > BAD_MESSAGES_LOGGED) return;
    const more = badMessages === BAD_MESSAGES_LOGGED ? ' More of them are not reported.' : '';
    const what = "The plugin's process said something that is not in the protocol; it was ignored";
    log.append('warning', `${what} (${BAD_MESSAGE}).${more}`);
  }

  function hear(message: RunnerMessage) {
    if (message.kind === 'ready') noteBadMessage();
    else if (message.kind === 'log') hearLog(message);
    else if (message.kind === 'result') hearResult(message);
    else if (message.kind === 'access') accesses.handle(message);
    else {
      if (message.kind === 'publish') notePublished();
      bridge.handle(message);
    }
  }

  function onMessage(value: unknown) {
    const checked = checkRunnerMessage(value);
    if (checked.kind === 'good') {
      const { message } = checked;
      hear(message.kind === 'access' ? message : withoutSecrets(message, redact));
    } else if (checked.kind === 'bad') noteBadMessage();
    else {
      const message = `The value breaks the contract: ${checked.why}.`;
      runner.sendSoon({ kind: 'reply', id: checked.id, error: { code: checked.code, message } });
    }
  }

  function onEnd(exit: RunnerExit): StudioError {
    const crash = exit.failure ?? describeEnd({ ...exit, lastWords: redact(exit.lastWords) }, limits);
    calls.rejectAll((id) => (reason !== undefined && (id === expired || endsAll(reason)) ? reason : crash));
    bridge.close();
    accesses.close();
    return reason ?? crash;
  }

  async function closeBroker() {
    try {
      await broker?.close();
    } catch (error) {
      log.append('warning', `Not all that the plugin had open could be let go. ${messageOf(error)}`);
    }
  }

  runner.listen({ onMessage, onBadLine: noteBadMessage });

  return {
    async load({ code, url, className }, pluginType, config, callOptions) {
      const { id, answer } = openCall(callOptions);
      runner.send({
        kind: 'load',
        id,
        code,
        url,
        className,
        ...(pluginType === undefined ? {} : { pluginType }),
        config,
        context,
      });
      await answer;
    },
    async invoke(method, args, callOptions) {
      const bytes = jsonBytes(args);
      if (bytes > VALUE_LIMIT) throw requestTooLarge(method, bytes);
      const { id, answer } = openCall(callOptions);
      runner.send({ kind: 'invoke', id, method, args });
      return answer;
    },
    end,
    isBusy: () => calls.count > 0,
    unsubscribe: bridge.unsubscribe,
    delivered,
    standStill: calls.standStill,
    ended: runner.ended.then(async (exit) => {
      const why = onEnd(exit);
      await closeBroker();
      return why;
    }),
  };
}
