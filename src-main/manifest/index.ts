export * from './check-manifest';
export { CONTENT_CHECKS, TEXT_CHECKS } from './checks';
export { MANIFEST_FILE } from './manifest-document';
export * from './read-manifest';
