import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@confab/testing/free-port';
import { startPostgres } from '@confab/testing/postgres';
import { startRedis } from '@confab/testing/redis';
import { afterAll, beforeAll } from 'vitest';
import { doors } from '../../doors/doors.ts';
import { mqttTcpDoor } from '../../doors/mqtt.ts';
import { describeJourneys } from '../../doors/testing/journey-cases.ts';
import { ServerProcess } from '../../process/server-process.ts';
import { trustedCertificate } from '../certificate.ts';
import { type NodePorts, openProxy, type ProxyKind } from '../proxy-kinds.ts';
import { fetchByHttp1 } from './fetch-by-http1.ts';

interface Further {
  /** The environment of all nodes; filled before they start. */
  readonly env: Record<string, string>;
  /** Starts a node beside the first. */
  readonly second?: () => Promise<NodePorts>;
}

/** The journey suite over every door that this proxy passes on, with a real server behind it. */
export function describeJourneysBehind(kind: ProxyKind, { env, second }: Further = { env: {} }): void {
  const passed = doors.filter((door) => kind.takesMqtt || door !== mqttTcpDoor);
  env.CONFAB_TRUST_PROXY = 'true';
  describeJourneys(passed, {
    env,
    front: async ({ url, mqttPort }) => {
      await fetchByHttp1();
      const certificate = await trustedCertificate();
      const first = { port: Number(new URL(url).port), mqttPort };
      const proxy = await openProxy(kind, certificate, first, (await second?.()) ?? first);
      return {
        url: proxy.url,
        mqttPort: proxy.mqttPort,
        async close() {
          await proxy.close();
          await certificate.remove();
        },
      };
    },
  });
}

/** The same with two nodes on a PostgreSQL and a Redis, none of whose clients is kept to one of them. */
export function describeJourneysBehindOnTwoNodes(kind: ProxyKind): void {
  const env: Record<string, string> = {};
  const undo: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.remove());
    const redis = await startRedis();
    undo.push(() => redis.remove());
    Object.assign(env, { CONFAB_DATABASE_URL: postgres.url, CONFAB_REDIS_URL: redis.url });
  }, 120_000);
  // Hooks that clear up run in the opposite order: the suite's own bed is closed before.
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  const second = async (): Promise<NodePorts> => {
    const data = await mkdtemp(join(tmpdir(), 'confab-second-'));
    const ports = { port: await freePort(), mqttPort: await freePort() };
    const further = { ...env, CONFAB_TEST_ROOMY: '1', CONFAB_MQTT_PORT: String(ports.mqttPort) };
    const server = ServerProcess.start({ data, port: ports.port, entry: 'measured', env: further });
    undo.push(async () => {
      await server.end('SIGKILL');
      await rm(data, { recursive: true });
    });
    await server.ready();
    return ports;
  };
  describeJourneysBehind(kind, { env, second });
}
