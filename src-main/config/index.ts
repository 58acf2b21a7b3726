export * from './explain-errors';
export * from './json-schema';
export * from './pointer';
