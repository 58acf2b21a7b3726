export * from './explain-errors';
export * from './json-schema';
export * from './plugin-config';
export * from './pointer';
