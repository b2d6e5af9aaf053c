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

/**
 * The journey suite over every door that this proxy passes on, with two real nodes behind it on a PostgreSQL and a
 * Redis, none of whose clients is kept to one of them.
 */
export function describeJourneysBehind(kind: ProxyKind): void {
  const env: Record<string, string> = { CONFAB_TRUST_PROXY: 'true' };
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

  const passed = doors.filter((door) => kind.takesMqtt || door !== mqttTcpDoor);
  describeJourneys(passed, {
    env,
    front: async ({ url, mqttPort }) => {
      await fetchByHttp1();
      const certificate = await trustedCertificate();
      const proxy = await openProxy(kind, certificate, { port: Number(new URL(url).port), mqttPort }, await second());
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
