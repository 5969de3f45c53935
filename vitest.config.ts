import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,workers,db,test,bench}/**/*.test.ts'],
    setupFiles: ['test/support/drawn-cases.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Database and worker tests start threads of their own; two files at a time fill two cores.
    maxWorkers: 2,
  },
});
