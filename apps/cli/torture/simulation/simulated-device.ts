import type { TestPerson } from '@confab/chat/testing';
import { type ClientPorts, type Confab, createConfab, MemoryOutbox, type SocketHandlers } from '@confab/client';
import { commands, type Home, type LogId } from '@confab/protocol';
import { Dice } from './dice.ts';
import { SeenLogs } from './seen-logs.ts';
import { SimulatedLink } from './simulated-link.ts';
import type { World } from './world.ts';

/** Somebody's device with the real SDK on it. Each connection and request goes to any node that lives. */
export class SimulatedDevice {
  readonly name: string;
  readonly person: TestPerson;
  readonly confab: Confab;
  readonly seen: SeenLogs;
  /** Switched off for good. */
  isOff = false;
  isAway = false;
  /** Somebody set out to end its session. */
  isRevoked = false;
  alive = true;
  readonly #world: World;
  readonly #dice: Dice;
  readonly #links: SimulatedLink[] = [];
  readonly #wakeListeners = new Set<() => void>();

  constructor(name: string, world: World, person: TestPerson) {
    this.name = name;
    this.person = person;
    this.#world = world;
    this.#dice = new Dice(world.dice.below(2 ** 32));
    this.seen = new SeenLogs(name, world);
    const { token } = person;
    const outbox = new MemoryOutbox();
    this.confab = createConfab({ url: 'http://confab.test', token, hear: 'all-rooms', outbox, ports: this.#ports() });
    this.confab.onEvent((event) => this.seen.applied(event));
  }

  get link(): SimulatedLink | undefined {
    return this.#links.at(-1);
  }

  get isOnline(): boolean {
    return this.confab.connection.get().status === 'online';
  }

  post(room: TestRoom, text: string): void {
    if (this.confab.account.state.get().status !== 'signed-in') return;
    if (this.seen.following.has(`room:${room}`)) this.confab.rooms.timeline(room).post(text);
  }

  setAway(away: boolean): void {
    this.isAway = away;
    this.confab.setAway(away);
  }

  wake(): void {
    for (const listener of [...this.#wakeListeners]) listener();
  }

  /** Nothing leaves it and nothing reaches it any more. */
  switchOff(): void {
    this.isOff = true;
    this.alive = false;
    for (const link of this.#links) link.lose();
  }

  #ports(): Partial<ClientPorts> {
    const { time } = this.#world;
    return {
      clock: { now: () => time.startedMs + time.monotonicMs, monotonic: () => time.monotonicMs },
      after: (delayMs, task) => time.after(delayMs, () => this.alive && task()),
      random: { bytes: this.#dice.bytes, fraction: this.#dice.fraction },
      openSocket: (_url, handlers) => this.#open(handlers),
      fetch: (input, init) => this.#fetch(String(input), init ?? {}),
      environment: {
        cookies: false,
        origin: 'http://confab.test',
        onWake: (listener) => {
          this.#wakeListeners.add(listener);
          return () => this.#wakeListeners.delete(listener);
        },
        onLeave: () => () => {},
      },
    };
  }

  #open(handlers: SocketHandlers): { send(text: string): void; close(): void } {
    const { time } = this.#world;
    const node = this.#dice.pick(this.#world.aliveNodes);
    if (node === undefined) {
      time.after(5, () => handlers.closed(1006));
      return { send() {}, close() {} };
    }
    const number = this.#links.length;
    const link: SimulatedLink = new SimulatedLink(`${this.name}/${number}`, this.#world, node, {
      opened: () => handlers.opened(),
      // A frame at a time: what one of them ends does not end what stands before it.
      received: (text) => {
        for (const line of text.split('\n')) {
          this.seen.received(number, line);
          handlers.received(line);
        }
      },
      closed: (code) => handlers.closed(code),
    });
    this.#links.push(link);
    return {
      send: (text) => {
        this.seen.sent(number, text);
        link.send(text);
      },
      close: () => link.hangUp(),
    };
  }

  /** As much of HTTP as the SDK uses. */
  #fetch(url: string, init: RequestInit): Promise<Response> {
    const { time, trace } = this.#world;
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new TypeError('aborted')));
      const node = this.#dice.pick(this.#world.aliveNodes);
      const found = commandOf(init.method ?? 'GET', new URL(url), init.body);
      if (node === undefined || found === undefined || this.#dice.chance(0.02)) {
        time.after(this.#dice.between(1, 20), () => reject(new TypeError('no network')));
        return;
      }
      const following = new Map(this.seen.following);
      time.after(this.#dice.between(1, 20), () => {
        void node.ask(this.confab ? this.person.token : null, found.command, found.params).then((answer) => {
          time.after(this.#dice.between(1, 20), () => {
            if (!node.alive || !this.alive) return;
            trace.note(`${this.name} ${found.command} ${JSON.stringify(answer)}`);
            this.#heard(found, answer, following);
            const body = 'result' in answer ? answer.result : answer;
            resolve({ ok: 'result' in answer, json: async () => body } as Response);
          });
        });
      });
    });
  }

  #heard(
    asked: Asked,
    answer: Awaited<ReturnType<World['nodes'][number]['ask']>>,
    following: ReadonlyMap<LogId, string>,
  ): void {
    if (asked.command === 'account.home' && 'result' in answer) this.seen.entered(answer.result as Home);
    if (asked.command !== 'log.read' || !('error' in answer)) return;
    this.seen.refusedToRead((asked.params as { log: LogId }).log, answer.error.code, following);
  }
}

type TestRoom = World['rooms'][number];

interface Asked {
  readonly command: string;
  readonly params: unknown;
}

const routes = Object.entries(commands).flatMap(([command, { http }]) => {
  if (http === null) return [];
  const [method = '', path = ''] = http.split(' ');
  return [{ command, method, pattern: new RegExp(`^/api/v1${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }];
});

/** The command behind a request; numbers in the query are numbers in the parameters. */
function commandOf(method: string, url: URL, body: unknown): Asked | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(url.pathname) : null;
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const query = [...url.searchParams].map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]);
    const sent = typeof body === 'string' ? (JSON.parse(body) as object) : {};
    return { command: route.command, params: { ...sent, ...Object.fromEntries(query), ...Object.fromEntries(named) } };
  }
  return undefined;
}
