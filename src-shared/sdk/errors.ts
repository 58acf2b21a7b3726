/**
 * The contract's exceptions. An error is told apart by its `name`, also by `instanceof`: the platform's own errors
 * are made outside the plugin's bundle, so the class object alone could not say.
 */

/** Anything that a plugin or the platform reports as failed. Base of all errors of the contract. */
export class PluginError extends Error {
  /** The contract's name of the class, such as `ConfigurationError`. */
  override readonly name: string = 'PluginError';
  /** Anything that helps to understand it; logged with the error. */
  readonly details: Readonly<Record<string, unknown>>;

  /** @param message What failed and what to do about it. */
  constructor(message: string, options: { details?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.details = options.details ?? {};
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked may be a subclass
    return isInstance(this, value);
  }
}

function isInstance(asked: unknown, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(asked, value)) return true;
  return value instanceof Error && families.get(asked)?.includes(value.name) === true;
}

/** The configuration cannot be used. */
export class ConfigurationError extends PluginError {
  override readonly name = 'ConfigurationError';
}

/** An event could not be published or handled; also thrown by `publish` when an `error` policy subscriber is full. */
export class EventError extends PluginError {
  override readonly name = 'EventError';
}

/** A capability that was not granted; the message names it and its flag in `plugin.json`. */
export class SecurityError extends PluginError {
  override readonly name = 'SecurityError';
}

/** A request or value that breaks the contract. */
export class ValidationError extends PluginError {
  override readonly name = 'ValidationError';
}

/** Something was asked of a plugin in a state where it cannot be done. */
export class LifecycleError extends PluginError {
  override readonly name = 'LifecycleError';
}

/** The plugin needs another version of the SDK or the platform. */
export class CompatibilityError extends PluginError {
  override readonly name = 'CompatibilityError';
}

/** A limit on memory, time, or size was reached. */
export class ResourceError extends PluginError {
  override readonly name = 'ResourceError';
}

/** It took longer than it may. */
export class TimeoutError extends PluginError {
  override readonly name = 'TimeoutError';
}

const subclasses = {
  ConfigurationError,
  EventError,
  SecurityError,
  ValidationError,
  LifecycleError,
  CompatibilityError,
  ResourceError,
  TimeoutError,
};

/** The names that count as an instance of each class; a class of the plugin's own has none. */
const families = new Map<unknown, string[]>([[PluginError, ['PluginError', ...Object.keys(subclasses)]]]);
for (const [name, subclass] of Object.entries(subclasses)) families.set(subclass, [name]);
