/**
 * `mcp-plugin-sdk` for plugins in TypeScript. Data keeps the contract's snake_case names (`request.target_data`,
 * `result.cwe_ids`); what a plugin calls or overrides on these classes is camelCase (`getSupportedTypes`). README.md
 * has the table. Every file below is also printed into the type declarations that editors load.
 */
export * from '../schemas/vocabulary';
export * from './analyzer-plugin';
export * from './base-plugin';
export * from './database';
export * from './enricher-plugin';
export * from './errors';
export * from './event-bus';
export * from './files';
export * from './network';
export * from './notifier-plugin';
export * from './plugin-context';
export * from './processor-plugin';
export * from './scanner-plugin';
export type * from './types';
