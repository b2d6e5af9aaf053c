import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { InProcessBus } from '@confab/bus/in-process';
import { migrations } from '@confab/chat';
import { scripts } from '@confab/chat/scripts';
import type { Database } from '@confab/storage';
import { openSqliteInline } from '@confab/storage/sqlite';
import type { ServerConfig } from '../config.ts';
import type { ServerExtras } from '../start-server.ts';
import { type OpenServer, openServer, setUpOwner } from './open-server.ts';

/** Two nodes of one instance in this process, on one database and one bus, with an owner. */
export class TwoNodes {
  readonly database: Database;
  readonly bus: InProcessBus;
  readonly owner: Awaited<ReturnType<typeof setUpOwner>>;
  readonly one: OpenServer;
  readonly other: OpenServer;

  private constructor(database: Database, bus: InProcessBus, one: OpenServer, other: OpenServer, owner: Owner) {
    this.database = database;
    this.bus = bus;
    this.one = one;
    this.other = other;
    this.owner = owner;
  }

  static async open(config: Partial<ServerConfig> = {}, extras: ServerExtras = {}): Promise<TwoNodes> {
    const database = await openSqliteInline({ file: ':memory:', scripts, migrations });
    const bus = new InProcessBus();
    const node = (own: Partial<ServerConfig>): Promise<OpenServer> =>
      openServer({ nodeHost: '127.0.0.1', ...config, ...own }, { ...extras, shared: { database, bus } });
    const one = await node({});
    // As nodes of one name have it, and so that whoever tests trusts both.
    const tlsCertificate = join(one.data, 'self-signed-certificate.pem');
    const tlsKey = join(one.data, 'self-signed-key.pem');
    if (config.tlsSelfSigned) setDefaultCACertificates([await readFile(tlsCertificate, 'utf8')]);
    const other = await node(config.tlsSelfSigned ? { tlsSelfSigned: false, tlsCertificate, tlsKey } : {});
    return new TwoNodes(database, bus, one, other, await setUpOwner(one));
  }

  async close(): Promise<void> {
    await Promise.all([this.one.close(), this.other.close()]);
    await this.bus.close();
    await this.database.close();
  }
}

type Owner = Awaited<ReturnType<typeof setUpOwner>>;
