/**
 * `mcp-plugin-sdk/testing` for the tests of a plugin, which run in its sandbox. README.md has a chapter on it. Every
 * file below is also printed into the type declarations that editors load.
 */
export * from './collect';
export * from './expect';
export * from './fake-clock';
export * from './matchers';
export * from './memory-bus';
export * from './memory-files';
export * from './mock-function';
export * from './recording-logger';
export * from './scripted-network';
export * from './scripted-services';
export * from './test-context';
export * from './test-registry';
