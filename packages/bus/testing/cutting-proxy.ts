import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a bus and its server, and lets the network fail. */
export interface CuttingProxy {
  readonly url: string;
  /** Ends all connections; new ones are taken. */
  cut(): void;
  /** Connections stay, new ones are taken, and nothing is passed on. */
  stall(): void;
  /** What was cut by `stall` is passed on again on new connections; the old ones end. */
  heal(): void;
  close(): Promise<void>;
}

/** Before the server of `url`; its own URL is the same with another port. */
export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (isStalled) return;
    const upstream = keep(connect(Number(target.port), target.hostname));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.pipe(to);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = address !== null && typeof address === 'object' ? `${address.port}` : '';
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: own.href,
    cut,
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    heal() {
      isStalled = false;
      cut();
    },
    async close() {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
