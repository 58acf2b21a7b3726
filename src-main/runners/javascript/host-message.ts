/**
 * Checks what the host says. By hand and not by schema: a runner that carried the schema library would take half as
 * long again to start. What does not fit comes from
 * another version of the host.
 */
import type { HostMessage } from '@shared/contracts/runner-protocol';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown) => Number.isInteger(value) && (value as number) > 0;
const isText = (value: unknown) => typeof value === 'string';

const contextFields = [
  'plugin_id',
  'instance_id',
  'startup_time',
  'working_directory',
  'temp_directory',
  'platform_version',
  'api_version',
  'environment',
];

const checks: Record<HostMessage['kind'], (message: Fields) => boolean> = {
  load: ({ code, url, className, config, context }) =>
    [code, url, className].every(isText) &&
    isFields(config) &&
    isFields(context) &&
    contextFields.every((name) => isText(context[name])),
  invoke: ({ method, args }) => isText(method) && Array.isArray(args),
  deliver: ({ subscription, events }) => isText(subscription) && Array.isArray(events) && events.every(isFields),
  reply: ({ error }) =>
    error === undefined ||
    (isFields(error) &&
      isText(error.code) &&
      isText(error.message) &&
      (error.data === undefined || isFields(error.data))),
};

/** The message, or undefined where it is none of the protocol. */
export function checkHostMessage(value: unknown): HostMessage | undefined {
  const kind = isFields(value) ? value.kind : undefined;
  if (!isFields(value) || typeof kind !== 'string' || !Object.hasOwn(checks, kind) || !isId(value.id)) return undefined;
  return checks[kind as HostMessage['kind']](value) ? (value as HostMessage) : undefined;
}
