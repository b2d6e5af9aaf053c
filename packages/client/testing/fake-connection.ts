import type { CommandFrame, ListenAnswer, LoggedEvent, LogId, Params, UserId } from '@confab/protocol';
import { toWireError, type WireError } from '@confab/protocol/errors.ts';
import { isNotice } from '@confab/protocol/notices.ts';
import type { FakeLog } from './fake-log.ts';
import type { FakeServer } from './fake-server.ts';
import type { FakeSocket } from './fake-sockets.ts';

/** One connection of the fake server: hello, listening, and everything else by the server's table. */
export class FakeConnection {
  readonly socket: FakeSocket;
  /** Frames on their way, in order; a test that holds them decides when they arrive. */
  readonly frames: unknown[] = [];
  held = false;
  /** Commands arrive, but nothing leaves any more: what a cut looks like that comes after them. */
  mute = false;
  user: UserId | null = null;
  /** Refuses the next listening as a whole. */
  refuseListen: WireError | null = null;
  readonly levels = new Map<LogId, 'live' | 'passive'>();
  readonly #server: FakeServer;

  constructor(server: FakeServer, socket: FakeSocket) {
    this.#server = server;
    this.socket = socket;
    socket.onCommand = (frame) => this.#receive(frame);
    socket.onClose = () => server.connections.delete(this);
  }

  /** Puts a frame on the way. */
  push(frame: unknown): void {
    this.frames.push(frame);
    if (!this.held) queueMicrotask(() => this.deliver());
  }

  /** Lets what is on its way arrive, at most `most` frames. */
  deliver(most = Number.POSITIVE_INFINITY): void {
    if (this.held && most === Number.POSITIVE_INFINITY) return;
    for (let count = 0; count < most && this.frames.length > 0; count += 1) this.socket.push(this.frames.shift());
  }

  release(): void {
    this.held = false;
    this.deliver();
  }

  tell(log: FakeLog, event: LoggedEvent): void {
    if (this.mute) return;
    const level = this.levels.get(log.id);
    if (level === 'live' || (level === 'passive' && isNotice(event.event, event.data))) this.push(event);
    else if (level === 'passive') this.push({ event: 'log.head', data: { log: log.id, ...log.position } });
  }

  #receive({ id, command, params }: CommandFrame): void {
    try {
      const result = this.#run(command, params);
      if (!this.mute) this.push({ reply: id, result });
    } catch (error) {
      if (!this.mute) this.push({ reply: id, error });
    }
  }

  #run(command: string, params: unknown): unknown {
    if (command === 'connection.hello') return this.#hello(params as Params<'connection.hello'>);
    if (command === 'connection.ping') return { serverTime: 0 };
    if (this.user === null) throw toWireError('unauthenticated');
    if (command === 'log.listen') return this.#listenAll(params as Params<'log.listen'>);
    if (command === 'log.unlisten') {
      for (const log of (params as Params<'log.unlisten'>).logs) this.levels.delete(log);
      return {};
    }
    return this.#server.run(this.user, command, params);
  }

  #hello({ token = '' }: Params<'connection.hello'>): unknown {
    if (!this.#server.people.has(token as UserId)) throw toWireError('unauthenticated');
    this.user = token as UserId;
    return {
      version: 1,
      user: token,
      session: `session of ${token}`,
      serverTime: 0,
      heartbeat: { intervalMs: 25_000, timeoutMs: 60_000 },
      reconnect: { minMs: 100, maxMs: 1_000 },
      limits: { frameBytes: 65_536, inFlight: 32, logs: this.#server.mostLogs },
    };
  }

  #listenAll({ logs }: Params<'log.listen'>): { logs: ListenAnswer[] } {
    const refusal = this.refuseListen;
    this.refuseListen = null;
    if (refusal !== null) throw refusal;
    const limit = this.#server.mostLogs;
    const after = new Set([...this.levels.keys(), ...logs.map(({ log }) => log)]);
    if (after.size > limit) throw toWireError('limit-reached', { limit, what: 'logs' });
    return { logs: logs.map((ask) => this.#listen(ask)) };
  }

  #listen({ log, level, epoch, after }: Params<'log.listen'>['logs'][number]): ListenAnswer {
    this.#server.asked.push(`listen ${log} ${level} ${after}`);
    const found = this.#server.log(log);
    if (found === undefined || this.user === null || !this.#server.mayListen(this.user, log)) {
      return { log, status: 'failed', reason: 'forbidden' };
    }
    const position = found.position;
    if (epoch !== undefined && (epoch !== position.epoch || (after ?? 0) > position.seq)) {
      return { log, status: 'failed', reason: 'epoch' };
    }
    this.levels.set(log, level);
    const events = after === undefined ? [] : found.after(after, level === 'passive');
    if (events.length > this.#server.eventsPerAnswer) return { log, status: 'behind', ...position };
    return { log, status: 'listening', ...position, events };
  }
}
