import { Socket } from 'node:net';
import { Client, type QueryResult } from 'pg';
import type { SqlParam, Statement } from '../database.ts';
import type { PostgresLimits } from './limits.ts';
import { resultTypes } from './result-types.ts';
import type { Statements, Translated } from './statements.ts';

/**
 * PostgreSQL takes a list whose length it does not know for one of ten. Where shorter ones are common it finds that a
 * plan for each list pays, and plans those of hundreds too, which takes five times as long as to look them up.
 */
const minListed = 10;

/** What one step of a statement may use; few of ours use any. */
const workBytes = 32 * 1024 * 1024;

function asValue(param: SqlParam): unknown {
  if (!Array.isArray(param) || param.length === 0 || param.length >= minListed) return param;
  return [...param, ...new Array(minListed - param.length).fill(param[0])];
}

/**
 * One connection. Statements go out as they are asked for, without waiting for those before them; PostgreSQL does them
 * in that order. So whoever sends several handles the failure of each.
 */
export class PostgresConnection {
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #statements: Statements;
  #lost: Error | undefined;
  #onLost: (why: Error) => void = () => undefined;

  private constructor(client: Client, socket: Socket, statements: Statements) {
    this.#client = client;
    this.#socket = socket;
    this.#statements = statements;
  }

  /** @throws what PostgreSQL or the network says. */
  static async open(url: string, statements: Statements, limits: PostgresLimits): Promise<PostgresConnection> {
    const socket = new Socket();
    const client = new Client({
      stream: () => socket,
      connectionString: url,
      pipeline: true,
      fallback_application_name: 'confab',
      connectionTimeoutMillis: limits.connectMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      types: resultTypes,
    });
    const connection = new PostgresConnection(client, socket, statements);
    client.on('error', (error) => connection.#lose(error));
    client.on('end', () => connection.#lose(new Error('the connection ended')));
    // The limit of `connect` ends with the handshake.
    const limit = setTimeout(() => connection.destroy(new Error('the server does not answer')), limits.connectMs);
    try {
      await client.connect();
      await connection.#configure(limits);
      return connection;
    } catch (error) {
      connection.destroy(new Error('could not connect'));
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Why it can no longer be used. */
  get lost(): Error | undefined {
    return this.#lost;
  }

  /** Calls back once when the connection is lost; at once if it is already. */
  whenLost(callback: (why: Error) => void): void {
    this.#onLost = callback;
    if (this.#lost !== undefined) callback(this.#lost);
  }

  translated({ sql }: Statement): Translated {
    return this.#statements.translated(sql);
  }

  /** Runs one statement of a script. */
  async run(statement: Statement, translated: Translated): Promise<unknown> {
    const result = await this.#client.query({
      text: translated.text,
      values: statement.params.map(asValue),
      ...(translated.name === undefined ? {} : { name: translated.name }),
    });
    switch (statement.wants) {
      case 'all':
        return result.rows;
      case 'get':
        return result.rows[0];
      case 'run':
        return result.rowCount ?? 0;
      case 'nothing':
        return undefined;
    }
  }

  /** Runs a statement of the storage itself, in PostgreSQL's own words. */
  command(text: string, values: readonly (string | number)[] = []): Promise<QueryResult> {
    const name = values.length > 0 ? { name: text } : {};
    return this.#client.query({ text, values: [...values], ...name });
  }

  /** Ends it in order: what was sent is done first. */
  async close(): Promise<void> {
    this.#onLost = () => undefined;
    if (this.#lost === undefined) await this.#client.end();
  }

  /** Cuts it. Whatever was not answered rejects. */
  destroy(why: Error): void {
    this.#lose(why);
  }

  #lose(why: Error): void {
    if (this.#lost !== undefined) return;
    this.#lost = why;
    this.#socket.destroy();
    this.#onLost(why);
  }

  async #configure(limits: PostgresLimits): Promise<void> {
    const settings: Readonly<Record<string, string>> = {
      statement_timeout: `${limits.statementMs}`,
      idle_in_transaction_session_timeout: `${limits.batchMs}`,
      timezone: 'UTC',
      // To compile a statement takes longer than to run ours; and one that two more processes help with is only too
      // large an estimate: they would go through a whole table.
      jit: 'off',
      max_parallel_workers_per_gather: '0',
      // The server finds out within half a minute when a node has vanished, and lets go of its locks.
      tcp_keepalives_idle: '10',
      tcp_keepalives_interval: '5',
      tcp_keepalives_count: '3',
    };
    // What is acknowledged is on disk: a stronger default stays, a weaker one does not.
    const commit = `CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END`;
    // With less, an index that finds much remembers pages only, and all that stands on them is compared anew.
    const memory = `CASE WHEN pg_size_bytes(current_setting('work_mem')) < ${workBytes} THEN '${workBytes / 1024}kB' ELSE current_setting('work_mem') END`;
    const calls = Object.keys(settings).map((name, index) => `set_config('${name}', $${index + 1}, false)`);
    await this.#client.query(
      `SELECT set_config('synchronous_commit', ${commit}, false), set_config('work_mem', ${memory}, false), ${calls.join(', ')}`,
      Object.values(settings),
    );
  }
}
