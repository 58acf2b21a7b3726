/**
 * Asks a plugin how it is, again and again. One that is busy with a call is not asked: the call has a time limit of its
 * own, and a plugin that computes answers nobody meanwhile.
 */
import type { PluginHealth } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import type { Dispose } from '@shared/rpc';
import type { PluginInstance } from '../runtime/plugin-instance';

export interface HealthRules {
  readonly intervalMs: number;
  /** An answer that takes longer is a failure. */
  readonly timeoutMs: number;
  /** More failures than these, one after the other, and it is given up. */
  readonly mostFailures: number;
}

export interface HealthWatch {
  readonly health: PluginHealth | undefined;
  check(): Promise<PluginHealth>;
  close: Dispose;
}

export interface HealthWatchOptions {
  readonly instance: Pick<PluginInstance, 'checkHealth' | 'isBusy'>;
  readonly rules: HealthRules;
  readonly onChange: () => void;
  /** The last of too many failures. */
  readonly onGivenUp: (health: PluginHealth) => void;
}

const late = (timeoutMs: number) => `health_check did not answer within ${timeoutMs / 1000} s`;

export function watchHealth({ instance, rules, onChange, onGivenUp }: HealthWatchOptions): HealthWatch {
  const { intervalMs, timeoutMs, mostFailures } = rules;
  let health: PluginHealth | undefined;
  let closed = false;
  let checking: Promise<PluginHealth> | undefined;

  const ask = () =>
    new Promise<string>((resolve) => {
      const timer = setTimeout(() => resolve(late(timeoutMs)), timeoutMs);
      instance
        .checkHealth()
        .then(
          (answer) => resolve(statusOf(answer)),
          (error: unknown) => resolve(messageOf(error)),
        )
        .finally(() => clearTimeout(timer));
    });

  const checkNow = async (): Promise<PluginHealth> => {
    const status = await ask();
    const failures = status === 'healthy' ? 0 : (health?.failures ?? 0) + 1;
    const found = { status, checkedAt: Date.now(), failures };
    if (closed) return found;
    health = found;
    onChange();
    if (failures > mostFailures) onGivenUp(found);
    return found;
  };

  const check = () => {
    checking ??= checkNow().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  const timer = setInterval(() => {
    if (!instance.isBusy()) void check();
  }, intervalMs);
  timer.unref();

  return {
    get health() {
      return health;
    },
    check,
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}

function statusOf(answer: unknown): string {
  const { status } = (answer ?? {}) as { status?: unknown };
  return typeof status === 'string' ? status : 'health_check answered without a status';
}
