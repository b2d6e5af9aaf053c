import { type ClientPorts, type Confab, createConfab, MemoryOutbox, systemPorts, type Timeline } from '@confab/client';
import type { LoggedEvent } from '@confab/protocol';
import type { FollowingOptions } from './following-client.ts';
import type { SurvivingClient } from './surviving-client.ts';

type OpenSocket = ClientPorts['openSocket'];
type DoorName = Parameters<OpenSocket>[2];

const through =
  (door: DoorName): OpenSocket =>
  (url, handlers) =>
    systemPorts().openSocket(url, handlers, door);

/** The SDK, as a program uses it, under the recorder's eyes. Its own event is what tells that a send is stored. */
export class SdkClient implements SurvivingClient {
  readonly #options: FollowingOptions;
  readonly #confab: Confab;
  readonly #timeline: Timeline;
  readonly #own = new Set<string>();
  last = -1;
  connections = 0;

  /** `door`: the only one that it takes, instead of the best that leads in. */
  constructor(options: FollowingOptions, door?: DoorName) {
    const { url, token } = options;
    this.#options = options;
    const ports = door === undefined ? {} : { openSocket: through(door) };
    this.#confab = createConfab({ url, token, clientName: 'torture/1', outbox: new MemoryOutbox(), ports });
    this.#timeline = this.#confab.rooms.timeline(options.room);
  }

  get name(): string {
    return this.#options.name;
  }

  get isOnline(): boolean {
    return this.#confab.connection.get().status === 'online';
  }

  get waiting(): number {
    return this.#own.size;
  }

  start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#confab.onEvent((event) => this.#see(event));
    this.#confab.connection.subscribe(() => {
      if (this.#confab.connection.get().status === 'online') this.connections += 1;
    });
    const { state } = this.#confab.account;
    // Over a bad line the room may be there before the account: until it is, nothing can be posted in its name.
    const isReady = () => state.get().status === 'signed-in' && this.#timeline.get().status === 'ready';
    for (const part of [state, this.#timeline]) part.subscribe(() => isReady() && resolve());
    this.#confab.start();
    this.#timeline.open();
    return promise;
  }

  post(text: string): void {
    const clientId = this.#timeline.post(text);
    this.#own.add(clientId);
    this.#options.recorder.sent(this.name, `room:${this.#options.room}`, clientId);
  }

  stop(): void {
    void this.#confab.stop();
  }

  #see(event: LoggedEvent): void {
    const { recorder, room } = this.#options;
    if (event.log !== `room:${room}`) return;
    if (this.last < 0) recorder.joined(this.name, event.log, event.epoch, event.seq - 1);
    this.last = event.seq;
    recorder.seen(this.name, event);
    if (event.event !== 'message.posted' || !this.#own.delete(event.data.clientId)) return;
    recorder.acknowledged(this.name, event.log, event.data.clientId, event.seq);
  }
}
