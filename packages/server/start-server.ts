import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { InProcessBus } from '@confab/bus/in-process';
import { type Chat, type ChatLimits, createChat, migrations } from '@confab/chat';
import { createEngine, type EngineLimits, systemPorts } from '@confab/engine';
import type { InstanceView } from '@confab/protocol';
import { openSqlite } from '@confab/storage/sqlite';
import { askOf } from './ask.ts';
import { newNodeName } from './cluster/node-name.ts';
import type { ServerConfig } from './config.ts';
import { createDoors } from './doors.ts';
import { addressOf } from './http/address-of.ts';
import { tokenOf } from './http/credentials.ts';
import { createHttpServer } from './http/http-server.ts';
import { allowedOrigins } from './http/origins.ts';
import { renewCertificate, type SecureServer } from './renew-certificate.ts';
import { createLogger, reportTo } from './reporter.ts';
import { certificateSource } from './tls.ts';

export interface ServerExtras {
  /** The built web app's folder; without it only the interface is served. */
  readonly webApp?: string;
  /** Bounds that differ from the defaults: a benchmark sends more than people do. */
  readonly engineLimits?: Partial<EngineLimits>;
  readonly chatLimits?: Partial<ChatLimits>;
  /** Is given the domain, for what whoever runs the instance does and no command reaches. */
  readonly onChat?: (chat: Chat) => void;
}

export interface RunningServer {
  /** Where it can be reached on this machine, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The data folder's absolute path. */
  readonly data: string;
  /** Whether there is an owner yet. */
  readonly setUp: boolean;
  /** Says goodbye to everyone, finishes what was accepted, and lets go of the data. */
  close(): Promise<void>;
}

export const version: string = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version;

/**
 * Starts a server in this process: the wiring of everything, from the database up.
 * @throws `ConfigError` when the configuration contradicts itself, `DatabaseRefused` when the data is in use or from a newer version; what the system says when the port is taken.
 */
export async function startServer(config: ServerConfig, extras: ServerExtras = {}): Promise<RunningServer> {
  const { clock, timers, random } = systemPorts();
  const report = reportTo(createLogger(config.logLevel));
  const data = resolve(config.data);
  const node = newNodeName();
  const instance = { name: config.name, version, signUp: config.signUp };

  const certificates = certificateSource(config, data);
  const certificate = await certificates?.read();

  const database = await openSqlite({
    file: join(data, 'confab.db'),
    scripts: new URL(import.meta.resolve('@confab/chat/scripts')),
    migrations,
  });
  const bus = new InProcessBus();
  // The domain tells the engine what happened, the engine asks the domain who may listen: each reaches the other late.
  const chat = createChat({
    database,
    clock,
    random: { bytes: (count) => randomBytes(count) },
    instance,
    report,
    publish: (effects) => engine.publish(effects),
    presence: { statesOf: (users) => engine.presence.statesOf(users) },
    ...(extras.chatLimits ? { limits: extras.chatLimits } : {}),
  });
  const engineLimits = extras.engineLimits ?? {};
  const engine = createEngine({ node, domain: chat, bus, clock, timers, random, report, limits: engineLimits });
  extras.onChat?.(chat);
  engine.presence.onOffline((user, at) => chat.recordLastSeen(user, at));

  const origins = allowedOrigins(config);
  const ask = askOf(chat, engine);
  const doorParts = {
    node,
    reception: engine,
    ask,
    origins,
    report,
    addressOf: addressOf(config.trustProxy),
    credentialsOf: (request: IncomingMessage) => ({ token: tokenOf(request) }),
  };
  const doors = await createDoors(doorParts, config, certificate ?? null);
  let ready = true;
  const { webApp } = extras;
  const http = await createHttpServer({
    config,
    version,
    ask,
    engine,
    doors,
    origins,
    report,
    certificate,
    insistsOnTls: certificates?.selfSigned === false || config.publicUrl.startsWith('https:'),
    webApp,
    ready: () => ready,
  });

  const closeData = async (): Promise<void> => {
    await bus.close();
    await database.close();
  };
  try {
    await http.listen({ port: config.port, host: config.host || '::', backlog: 4_096 });
    for (const door of doors) await door.open?.();
  } catch (error) {
    await closeData();
    throw error;
  }
  const { port } = http.server.address() as AddressInfo;
  const shown = config.host && config.host !== '0.0.0.0' && config.host !== '::' ? config.host : 'localhost';
  const setUp = await isSetUp(chat);
  const renewal = certificates && renewCertificate([http.server as SecureServer, ...doors], certificates, report);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    ready = false;
    renewal?.stop();
    await engine.drain();
    for (const door of doors) await door.close();
    await http.close();
    await closeData();
  };
  return {
    url: `${certificates ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`,
    port,
    data,
    setUp,
    close: () => (closing ??= close()),
  };
}

async function isSetUp(chat: Chat): Promise<boolean> {
  const shown = await chat.execute(null, 'instance.show', {});
  return 'result' in shown && (shown.result as InstanceView).setUp;
}
