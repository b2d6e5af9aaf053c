import { existsSync } from 'node:fs';
import { bounds, hashToken, ImportDesk, movedId } from '@confab/chat';
import { type Database, DatabaseRefused } from '@confab/storage';
import { clusterLimits } from './cluster/limits.ts';
import type { ServerConfig } from './config.ts';
import { dataFileIn } from './moving.ts';
import { openDatabase } from './open-database.ts';

export type {
  BroughtItem,
  BroughtMember,
  BroughtPerson,
  BroughtRoom,
  SpaceToFill,
} from '@confab/chat';

/** What is needed to bring in what was said elsewhere. */
export interface Importing {
  readonly desk: ImportDesk;
  readonly movedId: typeof movedId;
  readonly hashToken: (token: string) => string;
  /** Rooms that a space can have. */
  readonly mostRooms: number;
  close(): Promise<void>;
}

/**
 * Opens the database of an instance that no server runs on: nobody would be told of what is brought.
 * @throws `DatabaseRefused` with a sentence for whoever asked.
 */
export async function openImporting(
  config: Pick<ServerConfig, 'data' | 'databaseUrl' | 'databaseConnections'>,
  now: () => number,
): Promise<Importing> {
  const file = dataFileIn(config.data);
  if (config.databaseUrl === '' && !existsSync(file)) {
    throw new DatabaseRefused(
      'unsuitable',
      `There is no database ${file}. Start the server once, and make the first account.`,
    );
  }
  const database = await openDatabase(config, config.data, () => undefined);
  try {
    if (config.databaseUrl !== '') await requireNoServer(database, now());
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    desk: new ImportDesk(database),
    movedId,
    hashToken,
    mostRooms: bounds.roomsPerSpace,
    close: () => database.close(),
  };
}

async function requireNoServer(database: Database, now: number): Promise<void> {
  const nodes = await database.read<{ seenAt: number }[]>('nodes.known', null);
  if (!nodes.some(({ seenAt }) => seenAt > now - clusterLimits.goneMs)) return;
  throw new DatabaseRefused(
    'in-use',
    'Servers use this database. Stop all of them first, and wait a quarter of a minute if one did not end by itself.',
  );
}
