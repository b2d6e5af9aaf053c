import type { EphemeralEvent, Params, RoomId, UserId } from '@confab/protocol';
import { refusal } from '../../confab-error.ts';
import { FakeTime, settled } from '../../testing/fake-time.ts';
import type { OpenRtc, PeersHost } from '../ports.ts';
import { type PeerMessage, RoomPeers } from '../room-peers.ts';
import { FakeRtcNetwork } from './fake-rtc.ts';

export const room = 'room-1' as RoomId;

interface Device {
  readonly user: UserId;
  readonly peers: RoomPeers;
  /** Everything that arrived, as `reliable` messages and others. */
  readonly heard: unknown[];
  readonly heardUnreliably: unknown[];
  /** The states of the others as they were told, one after the other. */
  readonly told: string[];
  online: boolean;
  back(): void;
}

/** People who meet in a room, on a server that passes on what they say, loses some, and turns some around. */
export class FakeMeeting {
  readonly time = new FakeTime();
  readonly network = new FakeRtcNetwork();
  readonly members = new Set<UserId>();
  /** Signals as they were sent. */
  readonly signals: Params<'peer.signal'>[] = [];
  /** Whether the server loses a signal. */
  loses: (signal: Params<'peer.signal'>, index: number) => boolean = () => false;
  /** Every pair of signals that is on its way together is turned around. */
  reorders = false;
  readonly #listeners = new Map<(event: EphemeralEvent) => void, UserId>();
  readonly #leaveListeners = new Map<(user: UserId | null) => void, UserId>();
  readonly #held: (() => void)[] = [];
  #made = 0;

  /** Someone opens the room. `rtc: false`: on a browser without WebRTC. `member: false`: it does not let them in. */
  enter(
    name: string,
    { rtc = true, member = true, id }: { rtc?: boolean; member?: boolean; id?: string } = {},
  ): Device {
    const user = name as UserId;
    if (member) this.members.add(user);
    this.#made += 1;
    const heard: unknown[] = [];
    const heardUnreliably: unknown[] = [];
    const told: string[] = [];
    const onlineListeners = new Set<() => void>();
    const device: { online: boolean } = { online: true };
    const openRtc: OpenRtc = rtc ? this.network.open : undefined;
    const peers = new RoomPeers({
      room,
      own: id ?? `peer-${this.#made}`,
      host: this.#hostOf(user, device, onlineListeners),
      clock: { monotonic: this.time.clock.monotonic, after: this.time.after },
      openRtc,
    });
    peers.onMessage(({ data, reliable }: PeerMessage) => void (reliable ? heard : heardUnreliably).push(data));
    peers.list.subscribe(() => {
      for (const { user: of, state } of peers.list.get()) {
        if (told.findLast((each) => each.startsWith(`${of} `)) !== `${of} ${state}`) told.push(`${of} ${state}`);
      }
    });
    const back = () => {
      device.online = true;
      for (const listener of onlineListeners) listener();
    };
    return Object.assign(device, { user, peers, heard, heardUnreliably, told, back });
  }

  /** Lets everything that is under way arrive. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await settled();
  }

  async advance(ms: number): Promise<void> {
    await this.settle();
    await this.time.advance(ms);
    await this.settle();
  }

  /** Someone is taken out of the room, and everyone hears of it. */
  remove(user: UserId): void {
    this.members.delete(user);
    for (const [listener, of] of this.#leaveListeners) listener(of === user ? null : user);
  }

  /** A program of one's own sends a signal. */
  async say({ to, ...data }: Params<'peer.signal'>, user: UserId): Promise<void> {
    this.#tell(to, { event: 'peer.signal', log: `inbox:${to}`, at: 0, data: { ...data, user } });
    await this.settle();
  }

  #hostOf(user: UserId, device: { online: boolean }, onlineListeners: Set<() => void>): PeersHost {
    const asking = () => {
      if (!device.online) throw new Error('offline');
      if (!this.members.has(user)) throw refusal('not-found');
    };
    return {
      announce: async ({ from, present }) => {
        asking();
        this.#tell(undefined, { event: 'peer.announced', log: `room:${room}`, at: 0, data: { user, from, present } });
      },
      signal: async (params) => {
        asking();
        if (!this.members.has(params.to)) throw refusal('not-found');
        this.signals.push(params);
        if (this.loses(params, this.signals.length)) return;
        const { to, ...data } = params;
        this.#tell(to, { event: 'peer.signal', log: `inbox:${to}`, at: 0, data: { ...data, user } });
      },
      onEphemeral: (listener) => {
        const hears = (event: EphemeralEvent) => {
          if (device.online) listener(event);
        };
        this.#listeners.set(hears, user);
        return () => {
          this.#listeners.delete(hears);
        };
      },
      onLeft: (listener) => {
        this.#leaveListeners.set(listener, user);
        return () => {
          this.#leaveListeners.delete(listener);
        };
      },
      onOnline: (listener) => {
        onlineListeners.add(listener);
        return () => {
          onlineListeners.delete(listener);
        };
      },
      hearRoom: () => () => {},
    };
  }

  #tell(to: UserId | undefined, event: EphemeralEvent): void {
    const deliver = () => {
      for (const [listener, user] of [...this.#listeners]) if (to === undefined || user === to) listener(event);
    };
    this.#held.push(deliver);
    setImmediate(() => {
      const held = this.#held.splice(0, this.reorders ? 2 : 1);
      for (const each of this.reorders ? held.reverse() : held) each();
    });
  }
}
