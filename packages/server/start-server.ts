import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chat, ChatLimits } from '@confab/chat';
import { type EngineLimits, systemPorts } from '@confab/engine';
import type { InstanceView } from '@confab/protocol';
import { askOf } from './ask.ts';
import { toOwnDoors } from './cluster/handover.ts';
import { type Cluster, joinCluster } from './cluster/join-cluster.ts';
import type { ClusterLimits } from './cluster/limits.ts';
import { defaultNodeHost } from './cluster/node-host.ts';
import { newNodeName } from './cluster/node-name.ts';
import type { ServerConfig } from './config.ts';
import { createDoors } from './doors.ts';
import { addressOf } from './http/address-of.ts';
import { tokenOf } from './http/credentials.ts';
import { createHttpServer } from './http/http-server.ts';
import { OpenRequests } from './http/open-requests.ts';
import { allowedOrigins } from './http/origins.ts';
import { readinessOf } from './http/readiness.ts';
import type { Stage } from './http/stage.ts';
import { openNode, type SharedParts } from './open-node.ts';
import manifest from './package.json' with { type: 'json' };
import { renewCertificate, type SecureServer } from './renew-certificate.ts';
import { createLogger, reportTo } from './reporter.ts';
import { certificateSource } from './tls.ts';

export interface ServerExtras {
  /** The built web app's folder; without it only the interface is served. */
  readonly webApp?: string;
  /** Bounds that differ from the defaults: a benchmark sends more than people do. */
  readonly engineLimits?: Partial<EngineLimits>;
  readonly chatLimits?: Partial<ChatLimits>;
  readonly clusterLimits?: Partial<ClusterLimits>;
  /** Is given the domain, for what whoever runs the instance does and no command reaches. */
  readonly onChat?: (chat: Chat) => void;
  /** Makes this server one of several nodes in this process. */
  readonly shared?: SharedParts;
  /** Lets other processes of this machine listen on the same ports; the system hands connections out to them. */
  readonly sharesPorts?: boolean;
}

export interface RunningServer {
  /** Where it can be reached on this machine, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** This node's name among those of the instance. */
  readonly node: string;
  /** The data folder's absolute path. */
  readonly data: string;
  /** Whether there is an owner yet. */
  readonly setUp: boolean;
  /** Says goodbye to everyone, finishes what was accepted, and lets go of the data. */
  close(): Promise<void>;
}

export const { version }: { version: string } = manifest;

/** Milliseconds that requests are given to be answered once everyone else has gone. */
const finishMs = 5_000;

/**
 * Of the slabs that Node cuts small buffers from. One of a few bytes that is kept for long keeps its whole slab, and
 * libraries keep such ones (mqtt-packet up to 16,384): at Node's own 64 KiB that adds up.
 */
const poolBytes = 8 * 1024;

/**
 * Starts a server in this process: the wiring of everything, from the database up.
 * @throws `ConfigError` when the configuration contradicts itself, `DatabaseRefused` when the data is in use or from a newer version; what the system says when the port is taken.
 */
export async function startServer(config: ServerConfig, extras: ServerExtras = {}): Promise<RunningServer> {
  Buffer.poolSize = poolBytes;
  const ports = systemPorts();
  const report = reportTo(createLogger(config.logLevel));
  const data = resolve(config.data);
  const name = newNodeName();
  const { shared, webApp, sharesPorts = false, engineLimits, chatLimits } = extras;

  const certificates = certificateSource(config, data);
  const certificate = await certificates?.read();

  const node = await openNode(config, { name, data, version, ports, report, shared, engineLimits, chatLimits });
  const { chat, engine, bus, files } = node;
  extras.onChat?.(chat);

  const origins = allowedOrigins(config);
  const ask = askOf(chat, engine);
  const passedOn = new WeakMap<IncomingMessage, string>();
  const clientOf = addressOf(config.trustProxy);
  const doorParts = {
    node: name,
    reception: engine,
    ask,
    origins,
    report,
    addressOf: (request: IncomingMessage) => passedOn.get(request) ?? clientOf(request),
    credentialsOf: (request: IncomingMessage) => ({ token: tokenOf(request) }),
  };
  const doors = await createDoors(doorParts, { ...config, sharesPorts }, certificate ?? null);
  const host = config.nodeHost || defaultNodeHost();
  const join = (): Promise<Cluster> =>
    joinCluster({
      ...{ node: name, host, nodes: chat.nodes, bus, doors, addressOf: clientOf, passedOn },
      ...{ clock: ports.clock, timers: ports.timers, report, limits: extras.clusterLimits ?? {} },
    });
  let cluster: Cluster | undefined;
  let stage: Stage = 'serving';
  const openRequests = new OpenRequests();
  const closeData = async (): Promise<void> => {
    await cluster?.leave();
    await node.close();
  };
  try {
    if (shared || config.databaseUrl !== '') cluster = await join();
    const http = await createHttpServer({
      ...{ config, version, ask, chat, files, engine, doors, origins, report, certificate, webApp, openRequests },
      addressOf: clientOf,
      handover: cluster?.handover ?? toOwnDoors,
      insistsOnTls: certificates?.selfSigned === false || config.publicUrl.startsWith('https:'),
      stage: () => stage,
      readiness: () =>
        readinessOf(stage, {
          database: cluster?.reachesDatabase ?? true,
          databaseElsewhere: cluster?.othersReachDatabase ?? false,
          bus: bus.connected,
        }),
      cluster: cluster?.stats,
    });
    // `reusePort` is handed on to node; Fastify's types do not know it.
    const address = { port: config.port, host: config.host || '::', backlog: 4_096, reusePort: sharesPorts };
    await http.listen(address);
    for (const door of doors) await door.open?.();
    const renewal = certificates && renewCertificate([http.server as SecureServer, ...doors], certificates, report);
    const close = async (): Promise<void> => {
      stage = 'leaving';
      renewal?.stop();
      if (config.drainDelay > 0) await pause(config.drainDelay * 1_000);
      stage = 'draining';
      await Promise.all([engine.drain(), cluster?.drain()]);
      for (const door of doors) await door.close();
      await Promise.race([openRequests.finished(), pause(finishMs, undefined, { ref: false })]);
      await http.close();
      await closeData();
    };
    let closing: Promise<void> | undefined;
    const { port } = http.server.address() as AddressInfo;
    return {
      url: urlOf(config.host, port, certificates !== undefined),
      ...{ port, data, node: name, setUp: await isSetUp(chat) },
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await closeData();
    throw error;
  }
}

function urlOf(host: string, port: number, isSecure: boolean): string {
  const shown = host && host !== '0.0.0.0' && host !== '::' ? host : 'localhost';
  return `${isSecure ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

async function isSetUp(chat: Chat): Promise<boolean> {
  const shown = await chat.execute(null, 'instance.show', {});
  return 'result' in shown && (shown.result as InstanceView).setUp;
}
