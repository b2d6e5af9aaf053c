import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, figureTable } from '../figures.ts';
import { chooseRun, type RunTable, runHelp } from '../named-run.ts';
import { benchPage, type Section, takenLine } from './bench-page.ts';
import { takenByOthers } from './taken-by-others.ts';

/**
 * `npm run bench` measures everything and writes docs/bench.md; `npm run bench -- <name>` measures one thing and only
 * prints it, with `--page` puts it on the page too. Figures are medians of several runs; servers that are compared run in turns, under the same generator.
 */
const runs: RunTable & Record<string, { title: string }> = {
  'fan-out': {
    title: 'Fan-out: server processor time per delivery, one publisher to 5,000 sockets',
    help: 'processor time per delivery, beside Socket.IO and a bare loop',
    options: { sockets: 5_000, runs: 3, singles: 30, bursts: 15 },
    run: async (options) => (await import('./fan-out.ts')).fanOut(options as never),
  },
  sends: {
    title: 'Durable sends: signed in, authorised, stored, synced to disk, acknowledged',
    help: 'durable sends a second over WebSocket and HTTP',
    options: { runs: 3, seconds: 5, open: 256 },
    run: async (options) => (await import('./sends.ts')).sends(options as never),
  },
  latency: {
    title: 'From send to durable acknowledgement, at a steady rate',
    help: 'send to acknowledgement at a steady rate',
    options: { runs: 3, seconds: 10, rate: 500 },
    run: async (options) => (await import('./latency.ts')).latency(options as never),
  },
  files: {
    title: 'Messages while files go up and down: from send to durable acknowledgement',
    help: 'send to acknowledgement of messages while ten files go up, or down, beside the same without',
    options: { runs: 5, seconds: 10, rate: 200, files: 10, speed: 1_024 },
    run: async (options) => (await import('./files.ts')).files(options as never),
  },
  memory: {
    title: 'Memory of an idle signed-in connection',
    help: 'memory of an idle connection',
    options: { runs: 3, connections: 5_000 },
    run: async (options) => (await import('./memory.ts')).memory(options as never),
  },
  doors: {
    title: 'Each door: what one of its clients costs the server',
    help: 'memory of an idle client and processor time per delivery, door by door',
    options: { clients: 200, messages: 50, runs: 3 },
    run: async (options) => (await import('./doors.ts')).doors(options as never),
  },
  cluster: {
    title: 'One node and several, beside their load on the same cores: sends, fan-out, and the way to another node',
    help: 'sends, fan-out and latency on SQLite, on PostgreSQL, and of several nodes',
    options: { runs: 3, seconds: 2, open: 256, listeners: 900 },
    run: async (options) => (await import('./cluster.ts')).cluster(options as never),
  },
  search: {
    title: 'Search in a million messages, from the question to the answer over a connection',
    help: 'search by words, parts of words and Chinese characters in 1,000,000 messages',
    options: { messages: 1_000_000, queries: 200, postgres: 1 },
    run: async (options) => (await import('./search/search.ts')).search(options as never),
  },
  web: {
    title: 'Web app: from room to room, and up a long room',
    help: 'room switches and late frames in Chromium',
    options: { messages: 100_000, rooms: 20, runs: 5 },
    run: async (options) => (await import('./web/web-app.ts')).webApp(options as never),
  },
  'cold-start': {
    title: 'Cold start and idle memory',
    help: 'time to the first answer, and idle memory',
    options: { runs: 5 },
    run: async (options) => (await import('./cold-start.ts')).coldStart(options as never),
  },
};

const print = (text: string) => process.stdout.write(text);

async function measure(name: string, options: Record<string, number>): Promise<Section> {
  const { title, run } = runs[name] as (typeof runs)[string];
  print(`${title}\n`);
  const takenSince = takenByOthers();
  const figures: readonly Figure[] = await run(options);
  const taken = takenSince();
  print(`${figureTable(figures)}${taken > 0 ? `  ${takenLine(taken)}\n` : ''}`);
  return { title, figures, taken };
}

const pageFile = join(import.meta.dirname, '../../../docs/bench.md');

function putOnPage(section: Section): void {
  const titles = Object.values(runs).map(({ title }) => title);
  const page = existsSync(pageFile) ? readFileSync(pageFile, 'utf8') : '';
  writeFileSync(pageFile, benchPage(page, section, titles, Date.now()));
}

/** Each goes to the page when it was measured, so that a run which is cut short leaves what it has. */
async function measureForPage(names: readonly string[]): Promise<boolean> {
  let holds = true;
  for (const name of names) {
    const section = await measure(name, { ...runs[name]?.options });
    putOnPage(section);
    holds &&= section.figures.every(({ ok }) => ok);
  }
  return holds;
}

async function measureOne(args: readonly string[]): Promise<boolean> {
  const choice = chooseRun(runs, args);
  if ('problem' in choice) {
    print(`${choice.problem}\n${runHelp('bench', runs)}`);
    return false;
  }
  return (await measure(choice.name, choice.options)).figures.every(({ ok }) => ok);
}

const args = process.argv.slice(2);
const [name = '', ...rest] = args;
const isForPage = rest.length === 1 && rest[0] === '--page' && Object.hasOwn(runs, name);
const run = isForPage || args.length === 0 ? measureForPage(isForPage ? [name] : Object.keys(runs)) : measureOne(args);
process.exitCode = (await run) ? 0 : 1;
