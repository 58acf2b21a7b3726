/** What the host offers the window: one file a service. */

export * from './build';
export * from './capability-operations';
export * from './config';
export * from './event-run';
export * from './events';
export * from './limits';
export * from './manifest';
export * from './outcome-words';
export * from './permissions';
export * from './plugins';
export * from './problems';
export * from './runs';
export * from './shapes';
export * from './studio';
export * from './tests';
export * from './workspace';
