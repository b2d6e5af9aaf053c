import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy on a free port whose connections a test cuts, as a pulled plug would. */
export class CutProxy {
  /** While set, whoever comes is turned away. */
  refuses = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(targetPort: number) {
    this.server = createServer((client) => {
      if (this.refuses) {
        client.destroy();
        return;
      }
      const server = connect(targetPort, '127.0.0.1');
      for (const [socket, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
  }

  static async open(target: string): Promise<CutProxy> {
    const proxy = new CutProxy(Number(new URL(target).port));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts all connections there are; what is on its way is lost. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.refuses = true;
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
