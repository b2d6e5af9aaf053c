import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Report, systemPorts } from '@confab/engine';
import type { ServerConfig } from '../config.ts';
import { endOnSignals } from '../shutdown.ts';
import { spawnChild } from './spawn-child.ts';
import { Supervisor } from './supervisor.ts';

/**
 * Runs the server as so many processes that share its ports, and looks after them until it is asked to stop. Rejects
 * when the first one cannot start; it has said why by then.
 */
export async function runProcesses(
  { port, host }: Pick<ServerConfig, 'port' | 'host'>,
  count: number,
  say: (sentence: string) => void,
  report: Report,
): Promise<void> {
  const environment = { CONFAB_PORT: String(port === 0 ? await freePort(host) : port) };
  let welcome: readonly string[] = [];
  const { clock, timers } = systemPorts();
  const supervisor = new Supervisor({
    count,
    clock,
    timers,
    report,
    spawn: () => spawnChild(environment, ({ sentences }) => (welcome = sentences)),
  });
  endOnSignals(() => supervisor.stop(), say);
  await supervisor.start();
  for (const sentence of welcome) say(sentence);
  say(`It is ${count} processes.`);
}

/** All have to listen on one and the same port. */
async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: host || '::' }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
