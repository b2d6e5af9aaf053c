import { DatabaseRefused } from '../database.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { PostgresAddress } from './refuse.ts';

/** The oldest version whose behaviour was tested, as `server_version_num` has it. */
const oldestVersion = 150_000;

/** What a server says about itself, by the names of its settings. */
export interface ServerFacts {
  readonly server_version_num: string;
  readonly server_version: string;
  readonly server_encoding: string;
  /** As this database has it before we set it. */
  readonly synchronous_commit: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  /** `1` on a standby. */
  readonly standby: string;
}

const weakCommits: readonly string[] = ['off', 'local'];

export async function readServerFacts(connection: PostgresConnection): Promise<ServerFacts> {
  const { rows } = await connection.command(
    `SELECT name, reset_val AS value FROM pg_settings WHERE name IN ('server_version_num', 'server_version',
       'server_encoding', 'synchronous_commit', 'fsync', 'full_page_writes')
     UNION ALL SELECT 'standby', CASE WHEN pg_is_in_recovery() THEN '1' ELSE '0' END`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value])) as unknown as ServerFacts;
}

/** @throws `DatabaseRefused` when what people say would not be safe there. */
export function checkServer(facts: ServerFacts, { server, database, user }: PostgresAddress): void {
  if (Number(facts.server_version_num) < oldestVersion) {
    throw unsuitable(
      `PostgreSQL at ${server} is version ${facts.server_version}; Confab needs ${oldestVersion / 10_000} or later.`,
    );
  }
  if (facts.standby !== '0') {
    throw unsuitable(`PostgreSQL at ${server} is a standby, which cannot be written to. Use the URL of its primary.`);
  }
  if (facts.server_encoding !== 'UTF8') {
    throw unsuitable(
      `The database ${database} at ${server} holds texts in ${facts.server_encoding}. Make one that can hold all of ` +
        `them: createdb --encoding=UTF8 --template=template0 --owner=${user} ${database}`,
    );
  }
  if (weakCommits.includes(facts.synchronous_commit)) {
    throw unsuitable(
      `The database ${database} at ${server} has synchronous_commit = ${facts.synchronous_commit}: it would lose ` +
        `messages that were acknowledged. Set it: ALTER DATABASE ${database} SET synchronous_commit = on`,
    );
  }
}

/** Settings that lose data when the machine fails, which some switch off where data does not matter. */
export function riskySettings(facts: ServerFacts): string[] {
  return (['fsync', 'full_page_writes'] as const).filter((name) => facts[name] === 'off');
}

function unsuitable(sentence: string): DatabaseRefused {
  return new DatabaseRefused('unsuitable', sentence);
}
