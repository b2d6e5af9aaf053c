import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'apps/**/*.e2e.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['./vitest.setup.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Two cores: more workers than that only make the tests that start servers and browsers wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // `graphql` comes in two forms, and each knows only its own errors: what we import and what its libraries import
    // have to be one, as they are without Vitest.
    server: { deps: { inline: [/\/node_modules\/graphql(-\w+)?\//] } },
  },
});
