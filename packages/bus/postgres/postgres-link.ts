import { Socket } from 'node:net';
import { Client } from 'pg';
import type { Link } from '../link/link-keeper.ts';

/** The channel of a database: its nodes are one instance. */
const channel = 'confab_bus';

/** One connection that listens and notifies. */
export interface PostgresLink extends Link {
  /** Resolves when those who listen are told. */
  notify(payloads: readonly string[]): Promise<unknown>;
  listen(): Promise<unknown>;
}

export interface PostgresLinkParts {
  readonly url: string;
  readonly connectMs: number;
  readonly receive: (payload: string) => void;
  readonly lost: (why: unknown) => void;
  readonly signal: AbortSignal;
}

/** @throws what PostgreSQL or the network says. */
export async function openPostgresLink(parts: PostgresLinkParts): Promise<PostgresLink> {
  const { url, connectMs, receive, lost, signal } = parts;
  // Our own socket can be cut; the client would wait for the server's goodbye.
  const socket = new Socket();
  const client = new Client({
    stream: () => socket,
    connectionString: url,
    fallback_application_name: 'confab-bus',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  });
  client.on('error', lost);
  client.on('end', () => lost(new Error('the connection ended')));
  client.on('notification', ({ payload = '' }) => receive(payload));
  const destroy = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', destroy);
  try {
    await client.connect();
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    // A commit that only notifies would wait for the disk too; hints are not worth that.
    listen: () => client.query(`SET synchronous_commit = off; LISTEN ${channel}`),
    notify: (payloads) =>
      client.query({
        name: 'notify',
        text: `SELECT count(pg_notify('${channel}', payload)) FROM unnest($1::text[]) AS payload`,
        values: [payloads],
      }),
    ping: () => client.query('SELECT 1'),
    destroy,
  };
}
