import type { CommandFrame, Home, ListenAnswer, LoggedEvent, LogId, ServerFrame } from '@confab/protocol';
import { parseLogId } from '@confab/protocol';
import type { World } from './world.ts';

/** A command on its way, and the readers at the time. */
type Asked = CommandFrame & { readonly following: ReadonlyMap<LogId, string> };

/**
 * Notes what a device sends and sees, for the history. Whenever it begins to follow a room anew (it was taken out of
 * it and is back), that is another reader with another place to begin at.
 */
export class SeenLogs {
  /** The reader's name, by the room that it follows now. */
  readonly following = new Map<LogId, string>();
  readonly #name: string;
  readonly #world: World;
  /** Commands whose answers say something, by link and id. */
  readonly #asked = new Map<string, Asked>();
  readonly #attempts = new Map<string, number>();
  #readers = 0;

  constructor(name: string, world: World) {
    this.#name = name;
    this.#world = world;
  }

  /** A first load: what is followed already goes on from its own place. */
  entered(home: Home): void {
    const rooms = new Map(home.rooms.flatMap((room) => (room.membership ? [[`room:${room.info.id}`, room]] : [])));
    for (const log of [...this.following.keys()]) if (!rooms.has(log)) this.following.delete(log);
    for (const [log, { position }] of rooms) this.#begin(log as LogId, position);
  }

  sent(link: number, text: string): void {
    const frame = JSON.parse(text) as CommandFrame;
    this.#asked.set(`${link} ${frame.id}`, { ...frame, following: new Map(this.following) });
    if (frame.command !== 'message.post') return;
    const { room, clientId } = frame.params as { room: string; clientId: string };
    this.#attempts.set(clientId, (this.#attempts.get(clientId) ?? 0) + 1);
    this.#world.recorder.sent(this.#writer, `room:${room}`, clientId);
  }

  /** The SDK handed an event on. */
  applied(event: LoggedEvent): void {
    if (parseLogId(event.log).kind === 'room') {
      const reader = this.following.get(event.log);
      if (reader === undefined)
        this.#world.wrong(`${this.#name} was told ${event.seq} of ${event.log}, which it does not follow`);
      else this.#world.recorder.seen(reader, event);
    }
    if (event.event === 'inbox.room-added') this.#begin(`room:${event.data.room.info.id}`, event.data.room.position);
    else if (event.event === 'inbox.room-removed') this.following.delete(`room:${event.data.room}`);
  }

  get #writer(): string {
    return `${this.#name} writes`;
  }

  #begin(log: LogId, { epoch, seq }: { epoch: number; seq: number }): void {
    if (this.following.has(log)) return;
    this.#readers += 1;
    const reader = `${this.#name} reader ${this.#readers}`;
    this.following.set(log, reader);
    this.#world.recorder.joined(reader, log, epoch, seq);
  }

  /** One frame. */
  received(link: number, text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (!('reply' in frame)) {
      if (frame.event === 'log.closed') this.#closed(link, frame.data.log as LogId);
      return;
    }
    const key = `${link} ${frame.reply}`;
    const asked = this.#asked.get(key);
    this.#asked.delete(key);
    if (asked?.command === 'message.post') this.#posted(asked, frame);
    else if (asked?.command === 'log.listen' && 'result' in frame)
      this.#listened(asked, frame.result as { logs: ListenAnswer[] });
    else if (asked?.command === 'log.read' && 'error' in frame) {
      this.refusedToRead((asked.params as { log: LogId }).log, frame.error.code, asked.following);
    }
  }

  /** What crosses a question about the same log does not count: the answer does. */
  #closed(link: number, log: LogId): void {
    for (const [key, { command, params }] of this.#asked) {
      if (!key.startsWith(`${link} `) || command !== 'log.listen') continue;
      if ((params as { logs: { log: LogId }[] }).logs.some((request) => request.log === log)) return;
    }
    this.following.delete(log);
  }

  /** `following`: who followed what when it was asked. */
  refusedToRead(log: LogId, code: string, following: ReadonlyMap<LogId, string>): void {
    if (code === 'not-found' || code === 'forbidden') this.#leave(log, following);
  }

  /** What began anew since a question was asked has a question of its own. */
  #leave(log: LogId, following: ReadonlyMap<LogId, string>): void {
    if (this.following.get(log) === following.get(log)) this.following.delete(log);
  }

  #listened({ following }: Asked, { logs }: { logs: ListenAnswer[] }): void {
    for (const answer of logs) {
      if (answer.status !== 'failed') continue;
      if (answer.reason !== 'forbidden')
        this.#world.wrong(`${this.#name} could not listen to ${answer.log}: ${answer.reason}`);
      this.#leave(answer.log as LogId, following);
    }
  }

  #posted({ params }: CommandFrame, reply: Extract<ServerFrame, { reply: number }>): void {
    const { room, clientId } = params as { room: string; clientId: string };
    const log = `room:${room}`;
    if ('result' in reply) {
      this.#world.recorder.acknowledged(this.#writer, log, clientId, (reply.result as { seq: number }).seq);
      // What was repeated may have been stored the first time, before the right to it was lost.
    } else if (reply.error.retry === 'never' && this.#attempts.get(clientId) === 1) {
      this.#world.recorder.refused(this.#writer, log, clientId);
    }
  }
}
