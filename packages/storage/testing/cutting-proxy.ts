import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that cuts connections when it sees a word on its way to the server. */
export interface CuttingProxy {
  readonly port: number;
  /**
   * From now on the connection that carries `word` is cut, once: `before` the server has it, or `after`, when the
   * server's answer comes back, which is thrown away.
   */
  cutAt(word: string, when: 'before' | 'after'): void;
  /** Whether it has cut since `cutAt`. */
  readonly hasCut: boolean;
  close(): Promise<void>;
}

export async function openCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let plan: { word: string; when: 'before' | 'after' } | undefined;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    const both = [near, far];
    let dropAnswer = false;
    const cut = () => {
      for (const socket of both) socket.destroy();
    };
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', cut).on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    near.on('data', (bytes) => {
      if (plan !== undefined && bytes.includes(plan.word)) {
        const { when } = plan;
        plan = undefined;
        if (when === 'before') return cut();
        dropAnswer = true;
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (dropAnswer) cut();
      else near.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  let planned = false;
  return {
    port: address.port,
    cutAt(word, when) {
      plan = { word, when };
      planned = true;
    },
    get hasCut() {
      return planned && plan === undefined;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
