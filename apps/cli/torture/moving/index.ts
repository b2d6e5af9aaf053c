import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { checkHistory } from '../../history/check-history.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { Recorder } from '../../history/recorder.ts';
import { HttpApi } from '../../load/http-api.ts';
import { type Population, populate } from '../../load/population.ts';
import { PostingClient } from '../../load/posting-client.ts';
import { finalLogOf, type Holdings, type Keeping, move, placesIn, serve } from './moved-instance.ts';

export interface MovingOptions {
  /** Half of them from SQLite, half from PostgreSQL. */
  backups: number;
  /** Clients that post without a pause meanwhile. */
  clients: number;
}

/** Bar 28: backups while serving, restored elsewhere; SQLite to PostgreSQL and back. */
export async function run(options: MovingOptions): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'confab-moving-'));
  const postgres = await startPostgres();
  try {
    return await new MovingRun(folder, postgres, options).figures();
  } finally {
    await postgres.remove();
    await rm(folder, { recursive: true });
  }
}

interface Backup {
  readonly file: string;
  readonly holdings: Holdings;
  /** How many records of the history there were when it was begun, and when it had ended. */
  readonly begun: number;
  readonly ended: number;
}

class MovingRun {
  readonly #recorder = new Recorder();
  readonly #places: ReturnType<typeof placesIn>;
  readonly #postgres: PrivatePostgres;
  readonly #options: MovingOptions;
  #people: Population | undefined;

  constructor(folder: string, postgres: PrivatePostgres, options: MovingOptions) {
    this.#places = placesIn(folder);
    this.#postgres = postgres;
    this.#options = options;
  }

  async figures(): Promise<Figure[]> {
    const { home, backup } = this.#places;
    const inFolder: Keeping = { data: home };
    const inPostgres: Keeping = { data: home, databaseUrl: await this.#postgres.newDatabase() };
    const half = Math.ceil(this.#options.backups / 2);

    const ofSqlite = await this.#underLoad(inFolder, 'sqlite', half);
    const before = await move(inFolder, 'backup', backup('before'));
    const moved = await move(inFolder, 'promote', inPostgres.databaseUrl ?? '');
    const there = await move(inPostgres, 'backup', backup('there'));
    const ofPostgres = await this.#underLoad(inPostgres, 'postgres', this.#options.backups - half);
    const inMiddle = await finalLogOf(inPostgres, this.#token, this.#room);
    const last = await move(inPostgres, 'backup', backup('last'));
    const back = await move(inPostgres, 'demote', home);
    const end = await finalLogOf(inFolder, this.#token, this.#room);
    return [
      atLeast('messages sent meanwhile', this.#recorder.sends, 1),
      told('rows before, there and back', `${before.rows}, ${there.rows} and ${back.rows}`),
      atMost('hashes that differ after moving up', differing(before, moved, there), 0),
      atMost('hashes that differ after moving back', differing(last, back), 0),
      atMost('epochs raised by moving up', inMiddle.epoch - 1, 0),
      atLeast('epochs raised by moving back', end.epoch > inMiddle.epoch ? 1 : 0, 1),
      ...historyFigures([...this.#recorder.records, ...end.records]),
      ...(await this.#restored([...ofSqlite, ...ofPostgres])),
    ];
  }

  /** Serves while clients post and backups are taken, one after the other. */
  async #underLoad(keeping: Keeping, name: string, backups: number): Promise<Backup[]> {
    const server = await serve(keeping);
    try {
      this.#people ??= await populate(server.url, this.#options.clients);
      let isOver = false;
      const posting = this.#people.members.map(async ({ token, handle }) => {
        const api = new HttpApi(server.url, token);
        const client = new PostingClient({
          ...{ api, recorder: this.#recorder, room: this.#room },
          name: `${name}-${handle}`,
        });
        while (!isOver) await client.post('While it is moved.');
        api.close();
      });
      const taken: Backup[] = [];
      while (taken.length < backups) taken.push(await this.#backUp(keeping, `${name}-${taken.length}`));
      isOver = true;
      await Promise.all(posting);
      return taken;
    } finally {
      this.#people?.owner.api.close();
      await server.end('SIGTERM');
    }
  }

  async #backUp(keeping: Keeping, name: string): Promise<Backup> {
    const { records } = this.#recorder;
    const [file, begun] = [this.#places.backup(name), records.length];
    const holdings = await move(keeping, 'backup', file);
    return { file, holdings, begun, ended: records.length };
  }

  /** Restores each elsewhere, every third into PostgreSQL, and holds it against what was known when it was taken. */
  async #restored(backups: readonly Backup[]): Promise<Figure[]> {
    let [violations, acknowledged, differ, sameEpoch] = [0, 0, 0, 0];
    for (const [index, { file, holdings, begun, ended }] of backups.entries()) {
      const data = this.#places.restored(index);
      const keeping = index % 3 === 2 ? { data, databaseUrl: await this.#postgres.newDatabase() } : { data };
      if ((await move(keeping, 'restore', file)).sha256 !== holdings.sha256) differ += 1;
      const { records, epoch } = await finalLogOf(keeping, this.#token, this.#room);
      // What was acknowledged before it began has to be there; what was sent before it ended may be.
      const known = this.#recorder.records.slice(0, ended).filter(({ kind }, at) => kind === 'send' || at < begun);
      const report = checkHistory([...known, ...records]);
      violations += report.violations.length;
      acknowledged += report.acknowledged;
      if (epoch <= 1) sameEpoch += 1;
    }
    return [
      atLeast('backups taken while serving and restored', backups.length, this.#options.backups),
      atLeast('  acknowledged before one began', acknowledged, 1),
      atMost('  hashes that differ', differ, 0),
      atMost('  lost, doubled, out of order or with a gap', violations, 0),
      atMost('  with the epoch of the original', sameEpoch, 0),
    ];
  }

  get #room() {
    return this.#set.room;
  }

  get #token(): string {
    return this.#set.owner.token;
  }

  get #set(): Population {
    if (this.#people === undefined) throw new Error('Nobody is there yet.');
    return this.#people;
  }
}

function differing(expected: Holdings, ...others: readonly Holdings[]): number {
  return others.filter(({ rows, sha256 }) => sha256 !== expected.sha256 || rows !== expected.rows).length;
}
