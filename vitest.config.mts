import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@shared': resolve(import.meta.dirname, 'src-shared') } },
  test: {
    include: ['src-*/**/*.test.ts', 'resources/**/*.test.ts', 'scripts/**/*.test.mjs'],
    // The tests of the examples are for the studio to run.
    exclude: [...configDefaults.exclude, 'resources/examples/*/tests/**'],
    environment: 'node',
    globalSetup: 'vitest.setup.mjs',
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
