/**
 * Keeps a plugin running that somebody started: it starts again after a crash, is asked how it is, and is given up when
 * it crashes or fails too often. A plugin that nobody keeps is left alone.
 */
import type { PluginStatus } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { HEALTH_CHECK_INTERVAL } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';
import { CRASH_RULES, type CrashRules, createCrashHistory } from './crash-history';
import { type HealthRules, type HealthWatch, watchHealth } from './health-watch';
import { quarantined } from './lifecycle-actions';

export interface SupervisionRules extends CrashRules {
  readonly health: HealthRules;
}

const RULES: SupervisionRules = {
  ...CRASH_RULES,
  health: { intervalMs: HEALTH_CHECK_INTERVAL * 1000, timeoutMs: 15_000, mostFailures: 3 },
};

export interface Supervision {
  status(): Pick<PluginStatus, 'health' | 'quarantine' | 'nextRestartAt'>;
  /** Somebody wants it to run from now on. */
  keep(): void;
  /** Nobody wants that any more. */
  forget(): void;
  noteStart(instance: PluginInstance): void;
  /** It ended, or did not start. */
  noteEnd(status: PluginStatus): void;
  /** @throws StudioError plugins/quarantined */
  refuseInQuarantine(): void;
  release(): void;
  checkHealth(): Promise<unknown>;
}

export interface SupervisionOptions {
  readonly rules: Partial<SupervisionRules>;
  /** How often it is asked how it is, where that is not as the rules have it; looked at when it starts. */
  readonly healthIntervalMs?: (() => number | undefined) | undefined;
  readonly onChange: () => void;
  readonly restart: () => Promise<unknown>;
  /** It failed its health checks: it must go, and why. */
  readonly giveUp: (why: StudioError) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** What no restart mends: the source or the manifest must change first, or a person wanted it so. */
const NO_CRASH = [
  'plugins/build-failed',
  'plugins/invalid-manifest',
  'plugins/cancelled',
  'plugins/quarantined',
  'workspace/folder-gone',
];

const unhealthy = (failures: number, status: string) =>
  new StudioError(
    'plugins/unhealthy',
    `The plugin failed ${failures} health checks one after the other and was unloaded. The last said: ${status}. ` +
      'Mend what it says, then start the plugin again.',
  );

export function createSupervision(options: SupervisionOptions): Supervision {
  const { onChange, restart, giveUp, onError } = options;
  const rules = { ...RULES, ...options.rules };
  const crashes = createCrashHistory(rules);
  let isKept = false;
  let watch: HealthWatch | undefined;
  let next: { at: number; timer: NodeJS.Timeout } | undefined;

  const cancelRestart = () => {
    clearTimeout(next?.timer);
    next = undefined;
  };
  const stopWatching = () => {
    watch?.close();
    watch = undefined;
  };

  const restartAfter = (waitMs: number) => {
    const timer = setTimeout(() => {
      next = undefined;
      // How it went is in the plugin's status.
      restart().catch(() => undefined);
    }, waitMs);
    timer.unref();
    next = { at: Date.now() + waitMs, timer };
  };

  return {
    status: () => ({
      ...(watch?.health === undefined ? {} : { health: watch.health }),
      ...(crashes.quarantine === undefined ? {} : { quarantine: crashes.quarantine }),
      ...(next === undefined ? {} : { nextRestartAt: next.at }),
    }),
    keep() {
      isKept = true;
      cancelRestart();
    },
    forget() {
      isKept = false;
      cancelRestart();
    },
    noteStart(instance) {
      stopWatching();
      cancelRestart();
      const intervalMs = options.healthIntervalMs?.() ?? rules.health.intervalMs;
      watch = watchHealth({
        instance,
        rules: { ...rules.health, intervalMs },
        onChange,
        onGivenUp: ({ failures, status }) => void giveUp(unhealthy(failures, status)).catch(onError),
      });
    },
    noteEnd({ state, error }) {
      stopWatching();
      if (!isKept || state !== 'error' || error === undefined || NO_CRASH.includes(error.code)) return;
      const waitMs = crashes.note(error, Date.now());
      if (waitMs === undefined) isKept = false;
      else restartAfter(waitMs);
    },
    refuseInQuarantine() {
      if (crashes.quarantine !== undefined) throw quarantined(crashes.quarantine.reasons.length);
    },
    release() {
      crashes.release();
      onChange();
    },
    async checkHealth() {
      await watch?.check();
    },
  };
}
