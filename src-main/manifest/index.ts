export * from './check-manifest';
export * from './read-manifest';
