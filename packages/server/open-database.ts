import { join } from 'node:path';
import { migrations } from '@confab/chat';
import type { Report } from '@confab/engine';
import type { Database } from '@confab/storage';
import { openSqlite } from '@confab/storage/sqlite';
import type { ServerConfig } from './config.ts';

type DatabaseConfig = Pick<ServerConfig, 'databaseUrl' | 'databaseConnections'>;

/** Of the connections to PostgreSQL these are for writing: reads hold theirs for a shorter time. */
const writingShare = 2 / 3;

/**
 * Where everything is kept: a file in the data folder, or the PostgreSQL that many nodes share, whose code is loaded
 * only then. @throws `DatabaseRefused`, with a sentence for whoever starts the server.
 */
export async function openDatabase(config: DatabaseConfig, data: string, report: Report): Promise<Database> {
  const url = new URL(import.meta.resolve('@confab/chat/scripts'));
  if (config.databaseUrl === '') return openSqlite({ file: join(data, 'confab.db'), scripts: url, migrations });
  const [{ openPostgres }, { scripts }] = await Promise.all([
    import('@confab/storage/postgres'),
    import('@confab/chat/scripts'),
  ]);
  const writeConnections = Math.max(1, Math.round(config.databaseConnections * writingShare));
  const readConnections = Math.max(1, config.databaseConnections - writeConnections);
  const limits = { writeConnections, readConnections };
  return openPostgres({ url: config.databaseUrl, scripts, migrations, limits, report });
}
