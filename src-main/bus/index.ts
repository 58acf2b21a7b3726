export { compileFilter, type EventTest } from './compiled-filter';
export type { Deliver } from './delivery';
export { createEventBus, type EventBus, type EventBusOptions, type FailedDelivery } from './event-bus';
export { compilePatterns, matchesPattern } from './pattern';
export { rankOf } from './priority';
