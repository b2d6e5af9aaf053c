import { performRun, type RunTable } from '../named-run.ts';

/** `npm run torture -- <name>`: the heavy proofs, each held against its bar. Their short forms run in `npm test`. */
const runs: RunTable = {
  kill: {
    help: 'kill -9 of the server while messages go in over every door',
    options: { kills: 200, messages: 10_000, clients: 8 },
    run: async (options) => (await import('./kill/index.ts')).run(options as never),
  },
};

process.exitCode = (await performRun('torture', runs, process.argv.slice(2), (text) => process.stdout.write(text)))
  ? 0
  : 1;
