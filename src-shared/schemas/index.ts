/** The platform contract. Each schema gives the TypeScript type, the JSON Schema and the check. */

export * from './analyzer';
export * from './enricher';
export * from './events';
export * from './lifecycle';
export * from './manifest';
export * from './notifier';
export * from './registry';
export * from './scanner';
export * from './vocabulary';
export * from './wasm';
