import { parseArgs } from 'node:util';
import { DatabaseUnavailable } from '../database.ts';
import { openSqlite } from '../sqlite/index.ts';
import { migrations } from './migrations.ts';

/**
 * A process that writes entries with rising ids and says on its standard output, one line each, what became of them:
 * `open`, `acknowledged <id>`, `refused <id>`, `done`. Fault tests end it, cut its power or fill its disk, and compare
 * what it said with what is in the file. It goes on after a refusal, with the next id.
 */

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    /** First id; callers and ids count up from here. */
    from: { type: 'string', default: '1' },
    /** Entries to write; 0 goes on until the process is ended. */
    count: { type: 'string', default: '0' },
    /** Writes in flight at a time. */
    callers: { type: 'string', default: '8' },
    textBytes: { type: 'string', default: '200' },
    checkpointPages: { type: 'string', default: '50' },
    /** Ends the run when a line arrives on standard input, instead of after `count`. */
    untilInput: { type: 'boolean', default: false },
  },
});

const file = values.file;
if (file === undefined) throw new Error('--file is missing');
const end = Number(values.count) === 0 ? Number.POSITIVE_INFINITY : Number(values.from) + Number(values.count);
let next = Number(values.from);
let stopped = false;
if (values.untilInput) {
  process.stdin.once('data', () => {
    stopped = true;
    process.stdin.destroy();
  });
}

/** Resolves when the line has left the process: what waits in it is not said when it is killed. */
const say = (line: string) => new Promise<void>((said) => void process.stdout.write(`${line}\n`, () => said()));

const database = await openSqlite({
  file,
  scripts: new URL('./scripts.ts', import.meta.url),
  migrations,
  limits: { checkpointPages: Number(values.checkpointPages) },
});
await say('open');

async function keepWriting(): Promise<void> {
  while (next < end && !stopped) {
    const id = next++;
    try {
      await database.write('add', { id, text: `${id} `.padEnd(Number(values.textBytes), '.') });
      await say(`acknowledged ${id}`);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      await say(`refused ${id}`);
    }
  }
}

await Promise.all(Array.from({ length: Number(values.callers) }, keepWriting));
await database.close();
await say('done');
