export { registerLogsCommands } from './logs-commands';
export { LogsPanel } from './logs-panel';
