export type { Environment } from './environment-layer';
export type { ConfiguredManifest } from './evaluate';
export * from './explain-errors';
export * from './json-schema';
export * from './plugin-config';
export * from './pointer';
