export { FailedCount } from './failed-count';
export { registerTestsCommands } from './tests-commands';
export { TestsPanel } from './tests-panel';
