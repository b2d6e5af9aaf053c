import { defineConfig } from 'vitest/config';

const everything = ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'apps/**/*.e2e.ts', 'scripts/**/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['./vitest.setup.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Two cores: more workers than that only make the tests that start servers and browsers wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // `graphql` comes in two forms, and each knows only its own errors: what we import and what its libraries import
    // have to be one, as they are without Vitest.
    server: { deps: { inline: [/\/node_modules\/graphql(-\w+)?\//] } },
    projects: [
      { extends: true, test: { name: 'confab', include: everything } },
      {
        extends: true,
        test: {
          // The domain says the same on both databases, so its suites run on both.
          name: 'chat on PostgreSQL',
          include: ['packages/chat/**/*.test.ts'],
          env: { CONFAB_TEST_STORE: 'postgres' },
          globalSetup: ['./packages/chat/testing/postgres-set-up.ts'],
        },
      },
    ],
  },
});
