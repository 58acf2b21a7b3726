export { MethodsPanel } from './methods-panel';
export { RequestPanel } from './request-panel';
export { ResponsePanel } from './response-panel';
export { registerRunCommands } from './run-commands';
export { RunLogPanel } from './run-log-panel';
export { RunPanel } from './run-panel';
export { SampleView } from './sample-view';
