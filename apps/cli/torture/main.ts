import { performRun, type RunTable } from '../named-run.ts';

/** `npm run torture -- <name>`: the heavy proofs, each held against its bar. Their short forms run in `npm test`. */
const runs: RunTable = {
  kill: {
    help: 'kill -9 of the server while messages go in over every door',
    options: { kills: 200, messages: 10_000, clients: 6, whole: 1 },
    run: async (options) => (await import('./kill/index.ts')).run(options as never),
  },
  doors: {
    help: 'every kind of client in one room, each posting, while the server is killed; --only: one kind, by its number; --each: clients of a kind',
    options: { kills: 10, messages: 1_000, only: 0, each: 1 },
    run: async (options) => (await import('./doors/index.ts')).run(options as never),
  },
  'chaos-proxy': {
    help: 'a proxy between clients and server cuts, delays, splits, stalls and repeats',
    options: { sends: 10_000, clients: 3, seed: 1 },
    run: async (options) => (await import('./chaos-proxy/index.ts')).run(options as never),
  },
  'black-hole': {
    help: 'the network swallows the packets of some clients without a word; needs root',
    options: { clients: 1_000, lost: 500 },
    run: async (options) => (await import('./black-hole/index.ts')).run(options as never),
  },
  clocks: {
    help: 'the server’s clock is set on and back, and lives through 2038; --only: one of the scenarios',
    options: { only: 0, patient: 1 },
    run: async (options) => (await import('./clocks/index.ts')).run(options as never),
  },
  'cluster-kill': {
    help: 'kill -9 of a random node of several while messages go in over every door; --redis 0: PostgreSQL alone',
    options: { nodes: 3, kills: 200, messages: 10_000, doors: 1, redis: 1 },
    run: async (options) => (await import('./cluster-kill/index.ts')).run(options as never),
  },
  'redis-faults': {
    help: 'Redis is killed, stands still, is cut off and flushed while messages go across the nodes',
    options: { nodes: 3, rooms: 100, perSecond: 50, paused: 60, quiet: 15 },
    run: async (options) => (await import('./redis-faults/index.ts')).run(options as never),
  },
  'postgres-faults': {
    help: 'PostgreSQL crashes, stands still and is restarted while every node writes',
    options: { nodes: 3, rooms: 20, perSecond: 50, paused: 30, quiet: 12, redis: 1 },
    run: async (options) => (await import('./postgres-faults/index.ts')).run(options as never),
  },
  revocation: {
    help: 'somebody loses a right: every door on every node is silent at once; --down 1: also while Redis is down',
    options: { nodes: 3, down: 1, ways: 5 },
    run: async (options) => (await import('./revocation/index.ts')).run(options as never),
  },
  'rolling-restart': {
    help: 'node after node is restarted behind a proxy while everyone goes on; --proxy 1: nginx, 2: HAProxy, 0: both',
    options: { clients: 3_000, perSecond: 200, rooms: 200, proxy: 0, quiet: 10 },
    run: async (options) => (await import('./rolling-restart/index.ts')).run(options as never),
  },
  'power-cut': {
    help: 'the power goes at many points of a recording of all writes and syncs',
    options: { points: 2_000, seed: 1 },
    run: async (options) => (await import('./power-cut/index.ts')).run(options),
  },
  'disk-faults': {
    help: 'the disk is full or fails, call by call',
    options: { points: 200 },
    run: async (options) => (await import('./disk-faults/index.ts')).run(options),
  },
  uploads: {
    help: 'files are cut at random bytes while the server is killed; the day after nothing is left over',
    options: { uploads: 100, kills: 20, kilobytes: 8_192, atOnce: 6, cuts: 3 },
    run: async (options) => (await import('./uploads/index.ts')).run(options as never),
  },
  'large-upload': {
    help: 'a large file from a browser through a proxy that takes small bodies; the tab is reloaded halfway',
    options: { megabytes: 2_048, bodyMegabytes: 10, perSecond: 40 },
    run: async (options) => (await import('./large-upload/index.ts')).run(options as never),
  },
  'full-disk': {
    help: 'the disk of the files is full: messages go on, and files once there is room again; needs root',
    options: { megabytes: 16, messages: 500 },
    run: async (options) => (await import('./full-disk/index.ts')).run(options as never),
  },
  'slow-readers': {
    help: 'some readers of a busy room stop reading',
    options: { readers: 1_000, paused: 100, stretches: 3, seconds: 5, perSecond: 50 },
    run: async (options) => (await import('./slow-readers/index.ts')).run(options as never),
  },
  storm: {
    help: 'everyone comes back at once',
    options: { clients: 10_000, missed: 20 },
    run: async (options) => (await import('./storm/index.ts')).run(options as never),
  },
  moving: {
    help: 'backups while serving, restored elsewhere; SQLite to PostgreSQL and back',
    options: { backups: 20, clients: 6 },
    run: async (options) => (await import('./moving/index.ts')).run(options as never),
  },
  absence: {
    help: 'someone was away while up to 100,000 events happened',
    options: { most: 100_000 },
    run: async (options) => (await import('./absence/index.ts')).run(options as never),
  },
  'single-use': {
    help: 'an invitation for one use is redeemed by many at once, over every door',
    options: { rounds: 1_000, people: 100, signUps: 10 },
    run: async (options) => (await import('./single-use/index.ts')).run(options as never),
  },
  model: {
    help: 'what people do in a room, at random, against a model',
    options: { sequences: 100_000, seed: 0 },
    run: async (options) => (await import('./model/index.ts')).run(options as never),
  },
  simulation: {
    help: 'clusters of real nodes and devices in simulated time, under a seed, with faults',
    options: { seeds: 10_000, seed: 1 },
    run: async (options) => (await import('./simulation/index.ts')).run(options as never),
  },
  fuzz: {
    help: 'random and broken frames and handshakes on every door; --door: only that one',
    options: { frames: 1_000_000, seed: 1, door: 0, settle: 85 },
    run: async (options) => (await import('./fuzz/index.ts')).run(options as never),
  },
  limits: {
    help: 'everything that goes over a bound of the doors',
    options: { slow: 1, times: 5 },
    run: async (options) => (await import('./limits/index.ts')).run(options as never),
  },
};

process.exitCode = (await performRun('torture', runs, process.argv.slice(2), (text) => process.stdout.write(text)))
  ? 0
  : 1;
