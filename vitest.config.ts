import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

/**
 * Tests that start servers, proxies and databases, and then mostly wait for them. Not those of the bus: they set it
 * deadlines of a tenth of a second, which a busy machine misses.
 */
const waiting = [
  'apps/cli/{admin,cluster,deploy,doors,torture}/**/*.{test,e2e}.ts',
  'packages/{storage,testing}/**/*.test.ts',
  'packages/server/{process,processes/*,cluster/*}.test.ts',
];
/** Tests that leave nothing behind in the modules they load: those stay loaded from one file to the next. */
const together = [
  'packages/{protocol,client,engine,transports,bus,chat}/**/*.test.ts',
  'apps/web/features/**/*.test.ts',
  'scripts/**/*.test.ts',
];
/** Journeys in the browser, which is one for all files of a worker. */
const inBrowser = ['apps/web/e2e/*.e2e.ts'];
const everything = ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'apps/**/*.e2e.ts', 'scripts/**/*.test.ts'];
const buildFirst = './packages/server/testing/build-first.ts';
const never = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    setupFiles: ['./vitest.setup.ts'],
    exclude: never,
    // One more than the cores that there are at least: tests wait for disks, browsers and each other's processes.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // For what hangs: on a host that gives its processor to others, what takes five seconds elsewhere took sixty.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // Hundreds of processes are started, each of which would compile the same files: kept, a server starts in half the time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/confab-tests') },
    // `graphql` comes in two forms, and each knows only its own errors: what we import and what its libraries import
    // have to be one, as they are without Vitest.
    server: { deps: { inline: [/\/node_modules\/graphql(-\w+)?\//] } },
    projects: [
      {
        extends: true,
        test: { name: 'with processes', include: waiting, isolate: false, globalSetup: [buildFirst] },
      },
      {
        extends: true,
        test: {
          name: 'confab',
          include: everything,
          exclude: [...never, ...waiting, ...together, ...inBrowser],
        },
      },
      {
        extends: true,
        test: {
          name: 'in the browser',
          include: inBrowser,
          setupFiles: ['./apps/web/e2e/tell-pages.ts'],
          isolate: false,
          globalSetup: [buildFirst],
        },
      },
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      {
        extends: true,
        test: {
          // The domain says the same on both databases, so its suites run on both.
          name: 'chat on PostgreSQL',
          include: ['packages/chat/**/*.test.ts'],
          isolate: false,
          env: { CONFAB_TEST_STORE: 'postgres' },
          globalSetup: ['./packages/chat/testing/postgres-set-up.ts'],
        },
      },
    ],
  },
});
