import { defineConfig } from 'vitest/config'

/** The suites of test/run.ts. What may touch the database runs twice there: on PGlite, and with TEST_DATABASE=postgres. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'rules', include: ['test/{core,ui,tidy}/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'database', include: ['test/{contract,flows,sim}/**/*.test.ts'] } },
      { extends: true, test: { name: 'workerd', include: ['test/worker/**/*.worker.ts'], fileParallelism: false, testTimeout: 60_000 } },
      { extends: true, test: { name: 'browser', include: ['test/e2e/**/*.e2e.ts'], fileParallelism: false, testTimeout: 60_000 } },
    ],
  },
})
