import { DatabaseRefused } from '../database.ts';
import { codeOf } from './postgres-error.ts';

/** Where a database is, for sentences: never with its password. */
export interface PostgresAddress {
  /** `host:port` */
  readonly server: string;
  readonly database: string;
  readonly user: string;
}

/** @throws `DatabaseRefused` when it is not the URL of a PostgreSQL database. */
export function addressOf(url: string): PostgresAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    // The URL itself may hold a password.
    throw new DatabaseRefused(
      'unreachable',
      'The URL of the database is not one: it looks like postgres://user:password@host:5432/database',
    );
  }
  const user = decodeURIComponent(parsed.username) || 'postgres';
  const host = decodeURIComponent(parsed.hostname) || parsed.searchParams.get('host') || 'localhost';
  return {
    server: `${host}:${parsed.port || '5432'}`,
    database: decodeURIComponent(parsed.pathname.slice(1)) || user,
    user,
  };
}

type Sentence = (where: PostgresAddress) => string;

const notReached: Sentence = ({ server }) =>
  `No PostgreSQL answers at ${server}. Start it, or correct the host and port of the database's URL.`;
const notLetIn: Sentence = ({ server, user }) =>
  `PostgreSQL at ${server} does not let ${user} in: the user or the password of the database's URL is wrong.`;

/** By SQLSTATE, or the system's code. */
const sentences: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: notReached,
  ENOTFOUND: notReached,
  EAI_AGAIN: notReached,
  EHOSTUNREACH: notReached,
  ENETUNREACH: notReached,
  ETIMEDOUT: notReached,
  ECONNRESET: notReached,
  ENOENT: notReached,
  '28P01': notLetIn,
  '28000': notLetIn,
  '3D000': ({ server, database, user }) =>
    `PostgreSQL at ${server} has no database ${database}. Make one: createdb --owner=${user} ${database}`,
  '42501': ({ server, database, user }) =>
    `At ${server}, ${user} may not make tables in the database ${database}. Let them: ` +
    `ALTER DATABASE ${database} OWNER TO ${user}`,
  '53300': ({ server }) =>
    `PostgreSQL at ${server} has no connections left. Raise its max_connections, or let fewer nodes or programs use it.`,
};

/** The sentence for whoever starts Confab, or the error itself when there is none for it. */
export function refusalOf(error: unknown, where: PostgresAddress): unknown {
  if (error instanceof DatabaseRefused) return error;
  const code = codeOf(error) || codeOf((error as { errors?: unknown[] })?.errors?.[0]);
  const sentence = sentences[code] ?? (code === '' ? notReached : undefined);
  if (sentence === undefined) return error;
  return new DatabaseRefused('unreachable', `${sentence(where)} (${messageOf(error)})`);
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'no answer';
}
