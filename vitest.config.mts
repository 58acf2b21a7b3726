import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@shared': resolve(import.meta.dirname, 'src-shared') } },
  test: {
    include: ['src-*/**/*.test.ts', 'resources/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
    globalSetup: 'vitest.setup.mjs',
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
