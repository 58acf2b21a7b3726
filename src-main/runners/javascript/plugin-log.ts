/** The plugin's logger and console: both write to its log in the host. */
import type { RunnerMessage } from '@shared/contracts/runner-protocol';
import type { Logger } from '@shared/sdk/plugin-context';
import { logParts } from './log-parts';

type Level = Extract<RunnerMessage, { kind: 'log' }>['level'];
export type WriteLog = (level: Level, ...parts: unknown[]) => void;

/** @param send Posts one message to the host. @param currentCall Names the call that the code runs for. */
export const createWriteLog =
  (send: (message: RunnerMessage) => void, currentCall: () => number | undefined): WriteLog =>
  (level, ...parts) => {
    const call = currentCall();
    send({ kind: 'log', level, ...logParts(parts), ...(call === undefined ? {} : { call }) });
  };

export const createLogger = (write: WriteLog): Logger => ({
  debug: (...parts) => write('debug', ...parts),
  info: (...parts) => write('info', ...parts),
  warning: (...parts) => write('warning', ...parts),
  error: (...parts) => write('error', ...parts),
});

export const createConsole = (write: WriteLog) => ({
  debug: (...parts: unknown[]) => write('debug', ...parts),
  log: (...parts: unknown[]) => write('info', ...parts),
  info: (...parts: unknown[]) => write('info', ...parts),
  warn: (...parts: unknown[]) => write('warning', ...parts),
  error: (...parts: unknown[]) => write('error', ...parts),
});
