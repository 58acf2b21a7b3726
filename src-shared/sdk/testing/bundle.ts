/** All that `mcp-plugin-sdk/testing` holds: what tests import, and what the build and the sandbox need of it besides. */
export { clearInterval, clearTimeout, Date, fetch, setInterval, setTimeout } from './ambient';
export * from './index';
export { TestFile } from './test-file';
