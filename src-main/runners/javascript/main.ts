/**
 * A plugin's own process. It starts without a plugin: built-ins are frozen, the watchdog runs, and it says that it is
 * ready; then the host sends one plugin to load. Argument: the bytes of memory that it may hold.
 */
import './lockdown';
import { UNCAUGHT_ERROR, UNCAUGHT_REJECTION } from '@shared/contracts/uncaught';
import { openChannel } from './channel';
import { checkHostMessage } from './host-message';
import { createPluginSession } from './plugin-session';
import { startWatchdog } from './watchdog';

/** Exit code: the host speaks another version of the protocol. */
const UNKNOWN_MESSAGE = 76;

startWatchdog(Number(process.argv[2]));
const channel = openChannel();
const session = createPluginSession(channel.send);

// What a plugin leaves unhandled is its own fault and in its log; it does not end the process.
process.on('unhandledRejection', (error) => {
  session.writeLog('error', UNCAUGHT_REJECTION, error);
});
process.on('uncaughtException', (error) => {
  session.writeLog('error', UNCAUGHT_ERROR, error);
});
// Ctrl+C in a terminal reaches this process too; when to stop is the host's to say.
process.on('SIGINT', () => undefined);

channel.onMessage((message) => {
  const checked = checkHostMessage(message);
  if (checked === undefined) process.exit(UNKNOWN_MESSAGE);
  session.handle(checked);
});
channel.send({ kind: 'ready' });
