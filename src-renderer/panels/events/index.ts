export { registerEventsCommands } from './events-commands';
export { EventsPanel } from './events-panel';
