import { io, type Socket } from 'socket.io-client';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** The stock client (npm `socket.io-client`), which comes back where it stood by connection state recovery. */
export const socketIoDoor: DoorKind = {
  name: 'Socket.IO',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new SocketIoClient(target);
    await client.comeBack();
    return client;
  },
};

interface Message extends Omit<SeenMessage, 'author'> {
  readonly author: string | null;
}

type Answer = { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } };

/** What `connect_error` gives when the server refused, not the network. */
interface ConnectError extends Error {
  readonly data?: { readonly code?: string };
}

class SocketIoClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly socket: Socket;

  constructor({ url, token, room }: DoorTarget) {
    // It comes back when the suite says so, not by itself.
    this.socket = io(url, { auth: { token, room }, autoConnect: false, reconnection: false, forceNew: true });
    this.socket.on('message', ({ seq, id, clientId, author, text }: Message) => {
      this.seen.push({ seq, id, clientId, author: author ?? '', text });
    });
  }

  async post(text: string, clientId: string): Promise<void> {
    if (!this.socket.connected) throw new Error('offline');
    const answer: Answer = await this.socket.emitWithAck('message', { text, clientId });
    if (!answer.ok) throw new Error(answer.error.code);
  }

  async cut(): Promise<void> {
    if (!this.socket.connected) return;
    await new Promise<void>((resolve) => {
      this.socket.once('disconnect', () => resolve());
      const { engine } = this.socket.io;
      // Below the client, as a pulled plug: what `engine.close()` cuts off half received, the client tells of twice.
      const { ws } = engine.transport as unknown as { ws?: { terminate?(): void } };
      if (ws?.terminate) ws.terminate();
      else engine.close();
    });
  }

  comeBack(): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = (outcome: () => void) => {
        this.socket.off('connect', connected);
        this.socket.off('connect_error', refused);
        outcome();
      };
      const connected = () => over(resolve);
      const refused = (error: ConnectError) => over(() => reject(new Error(error.data?.code ?? error.message)));
      this.socket.on('connect', connected);
      this.socket.on('connect_error', refused);
      this.socket.connect();
    });
  }

  async close(): Promise<void> {
    this.socket.disconnect();
  }
}
