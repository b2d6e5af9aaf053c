import type { TestPerson } from '@confab/chat/testing';
import { inboxLog, type ListenAnswer, type LoggedEvent, type LogId, type ServerFrame } from '@confab/protocol';
import type { Dice } from './dice.ts';
import { SimulatedLink } from './simulated-link.ts';
import type { World } from './world.ts';

/** What the design allows from the moment at which a loss is stored, in milliseconds. */
const allowedMs = 5_000;
const turnMs = 500;
/** Silence after which it takes its connection for dead. */
const silenceMs = 4_000;

/**
 * A foreign program on the bare protocol. It hears whatever it is told: it never stops listening by itself, and what
 * it does not hear it asks for again and again. Whatever reaches it without a right is the server's doing.
 */
export class StubbornListener {
  readonly name: string;
  /** Who it is and with which session; another one when the first was ended. */
  person: TestPerson;
  /** The readers in the history, by the log that they hear. */
  readonly hearing = new Map<LogId, string>();
  link: SimulatedLink | undefined;
  readonly #world: World;
  readonly #dice: Dice;
  #isOpen = false;
  #heardAtMs = 0;
  #ids = 0;
  #asked = new Map<number, readonly LogId[]>();
  #readers = 0;

  constructor(name: string, world: World, person: TestPerson, dice: Dice) {
    this.name = name;
    this.person = person;
    this.#world = world;
    this.#dice = dice;
  }

  get logs(): LogId[] {
    const { rooms, space } = this.#world;
    return [...rooms.map((room): LogId => `room:${room}`), `space:${space}`, inboxLog(this.person.user)];
  }

  async start(): Promise<void> {
    await this.#world.rights.watch(this.person.actor, this.logs);
    this.#connect();
    this.#turn();
  }

  /** Comes back with a session that began after the last one. */
  async signInAgain(): Promise<void> {
    this.person = await this.#world.addSession(this.person);
    await this.#world.rights.watch(this.person.actor, this.logs);
    // The old connection is left as it is: the server has to end it.
    this.#connect();
  }

  #connect(): void {
    const { time, aliveNodes } = this.#world;
    const node = this.#dice.pick(aliveNodes);
    if (node === undefined) {
      time.after(turnMs, () => this.#connect());
      return;
    }
    const { person } = this;
    this.#forget();
    this.#heardAtMs = time.monotonicMs;
    const link: SimulatedLink = new SimulatedLink(`${this.name} of ${person.actor.session}`, this.#world, node, {
      opened: () => {
        if (this.link === link) this.#send('connection.hello', { versions: [1], token: person.token });
      },
      written: (text) => this.#judge(person, text),
      received: (text) => {
        if (this.link === link) for (const line of text.split('\n')) this.#received(line);
      },
      closed: () => {
        if (this.link === link) this.#over();
      },
    });
    this.link = link;
  }

  #over(): void {
    this.#forget();
    this.link = undefined;
    this.#world.time.after(this.#dice.between(50, 400), () => {
      if (this.link === undefined) this.#connect();
    });
  }

  #forget(): void {
    this.#isOpen = false;
    this.#asked = new Map();
    this.hearing.clear();
  }

  #turn(): void {
    const { time } = this.#world;
    time.after(turnMs, () => this.#turn());
    if (this.link === undefined) return;
    if (time.monotonicMs - this.#heardAtMs > silenceMs) {
      this.link.hangUp();
      this.#over();
    } else if (this.#isOpen) {
      this.#send('connection.ping', {});
      this.#listen();
    }
  }

  #listen(): void {
    const asked = new Set([...this.#asked.values()].flat());
    const logs = this.logs.filter((log) => !this.hearing.has(log) && !asked.has(log));
    if (logs.length === 0) return;
    const id = this.#send('log.listen', { logs: logs.map((log) => ({ log, level: 'live' })) });
    this.#asked.set(id, logs);
  }

  #send(command: string, params: unknown): number {
    this.#ids += 1;
    this.link?.send(JSON.stringify({ id: this.#ids, command, params }));
    return this.#ids;
  }

  #received(text: string): void {
    this.#heardAtMs = this.#world.time.monotonicMs;
    const frame = JSON.parse(text) as ServerFrame;
    if ('reply' in frame) this.#answered(frame);
    else if (frame.event === 'log.closed') this.hearing.delete(frame.data.log as LogId);
    else if ('seq' in frame) this.#heard(frame as LoggedEvent);
  }

  #answered(frame: Extract<ServerFrame, { reply: number }>): void {
    const asked = this.#asked.get(frame.reply);
    this.#asked.delete(frame.reply);
    if (!('result' in frame)) return;
    if (!this.#isOpen && asked === undefined) {
      this.#isOpen = true;
      this.#listen();
    }
    if (asked === undefined) return;
    for (const answer of (frame.result as { logs: ListenAnswer[] }).logs) {
      if (answer.status === 'failed') continue;
      this.#readers += 1;
      const reader = `${this.name} reader ${this.#readers}`;
      this.hearing.set(answer.log as LogId, reader);
      this.#world.recorder.joined(reader, answer.log, answer.epoch, answer.seq);
    }
  }

  #heard(event: LoggedEvent): void {
    const reader = this.hearing.get(event.log);
    if (reader === undefined)
      this.#world.wrong(`${this.name} was told ${event.seq} of ${event.log}, after its closing`);
    else this.#world.recorder.seen(reader, event);
  }

  /** What a node writes to a connection of that session. */
  #judge(person: TestPerson, text: string): void {
    for (const line of text.split('\n')) {
      const frame = JSON.parse(line) as ServerFrame;
      if ('reply' in frame) {
        for (const answer of heardIn(frame)) this.#judgeLog(person, answer.log as LogId, line);
      } else if (frame.event === 'connection.closing') void this.#judgeEnd(person, frame.data.reason);
      else if ('seq' in frame) this.#judgeLog(person, frame.log, line);
      else if (frame.event === 'log.head') this.#judgeLog(person, frame.data.log as LogId, line);
    }
  }

  #judgeLog({ actor }: TestPerson, log: LogId, line: string): void {
    const { rights, time, weather } = this.#world;
    const lostAtMs = rights.lostAt(actor, log);
    if (lostAtMs === undefined) return;
    // Without a database nobody can find out.
    const lateMs = time.monotonicMs - Math.max(lostAtMs, weather.refusedUntilMs);
    this.#world.latestMs = Math.max(this.#world.latestMs, lateMs);
    if (lateMs > allowedMs)
      this.#world.wrong(`${this.name} was told ${line} ${lateMs} ms after the right to it was lost`);
  }

  async #judgeEnd({ actor }: TestPerson, reason: string): Promise<void> {
    if (reason !== 'session-revoked') return;
    if (await this.#world.truth.chat.stands(actor))
      this.#world.wrong(`${this.name} was signed out of a session that stands`);
  }
}

function heardIn(frame: Extract<ServerFrame, { reply: number }>): ListenAnswer[] {
  const logs = 'result' in frame ? (frame.result as { logs?: ListenAnswer[] }).logs : undefined;
  return logs?.filter(({ status }) => status !== 'failed') ?? [];
}
