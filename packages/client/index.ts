import type { Confab } from './api.ts';
import { Client } from './client.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import type { UploadStore } from './files/upload-store.ts';
import type { ClientPorts } from './ports.ts';
import { defaultOutbox } from './sync/indexed-db-outbox.ts';
import type { OutboxStore } from './sync/outbox-store.ts';

export type * from './api.ts';
export { ConfabError, type FailureKind, failureSentences } from './confab-error.ts';
export type { Entrance } from './entrance.ts';
export { MemoryUploads, type StoredUpload, type UploadStore } from './files/upload-store.ts';
export type * from './files-api.ts';
export type * from './kept-api.ts';
export { exportAudit } from './moderation/audit-export.ts';
export { muteIn } from './moderation/moderation.ts';
export type { ClientPorts, ClientSocket, Environment, SocketHandlers, Tabs } from './ports.ts';
export { othersIn, roomTitle } from './rooms/room-title.ts';
export { IndexedDbOutbox } from './sync/indexed-db-outbox.ts';
export { MemoryOutbox, type OutboxStore, type QueuedSend } from './sync/outbox-store.ts';
export { systemPorts } from './system-ports.ts';

export interface ConfabOptions {
  /** The server's origin, e.g. `https://chat.example`. Empty in a browser: the page's own. */
  readonly url: string;
  /** A session's token, where no cookie carries one: bots, tests, programs. */
  readonly token?: string;
  /** What this client calls itself to the server, e.g. `web/0.1.0`. */
  readonly clientName?: string;
  /**
   * Which rooms are heard in full: those whose timeline is open, as a screen wants it (unless told), or all that one is
   * in, as a program does which acts on what is said. Others give notices and their position ([L5]).
   */
  readonly hear?: 'open-rooms' | 'all-rooms';
  /** Where sends wait. Unless told: IndexedDB where there is one, otherwise memory. */
  readonly outbox?: OutboxStore;
  /** Where files wait until they are posted. Unless told: IndexedDB where there is one, otherwise memory. */
  readonly uploads?: UploadStore;
  /** Time, sockets and the rest of the surroundings, where they are not the usual ones. */
  readonly ports?: Partial<ClientPorts>;
  /** Through which somebody may have come in already, in place of `url`, `token` and `ports`. */
  readonly entrance?: Entrance;
}

/** Makes a client. Nothing happens until `start()`. */
export function createConfab(options: ConfabOptions): Confab {
  const { accounts, ports, server } = (options.entrance ?? createEntrance(options)).parts;
  return new Client({
    ports,
    server,
    accounts,
    name: (options.clientName ?? 'confab-client').slice(0, 100),
    hearsAllRooms: options.hear === 'all-rooms',
    outbox: options.outbox ?? defaultOutbox(server),
    uploads: options.uploads ?? null,
  });
}
