import type { ClientPorts, Tabs } from '../ports.ts';
import { oneTab } from '../system-ports.ts';
import { FakeSockets } from './fake-sockets.ts';
import { FakeTime } from './fake-time.ts';

export interface FakePorts extends ClientPorts {
  readonly time: FakeTime;
  readonly sockets: FakeSockets;
  /** The device comes online, or the page wakes. */
  wake(): void;
  /** The page is closed. */
  leave(): void;
}

/** Every device draws other numbers, and the same in every run. */
let devices = 0;

/** Ports of one device. `time` may be shared by several; `fetch` fails unless one is given. */
export function fakePorts(given: Partial<ClientPorts> & { time?: FakeTime; tabs?: Tabs } = {}): FakePorts {
  const time = given.time ?? new FakeTime();
  const sockets = new FakeSockets();
  const wakeListeners = new Set<() => void>();
  const leaveListeners = new Set<() => void>();
  devices += 1;
  let seed = devices;
  const fraction = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return {
    time,
    sockets,
    clock: time.clock,
    after: time.after,
    random: { fraction, bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256)) },
    openSocket: sockets.openSocket,
    fetch: given.fetch ?? (() => Promise.reject(new TypeError('no network'))),
    environment: {
      cookies: false,
      origin: 'http://confab.test',
      onWake(listener) {
        wakeListeners.add(listener);
        return () => {
          wakeListeners.delete(listener);
        };
      },
      onLeave(listener) {
        leaveListeners.add(listener);
        return () => {
          leaveListeners.delete(listener);
        };
      },
    },
    tabs: given.tabs ?? oneTab,
    ...(given.shelf === undefined ? {} : { shelf: given.shelf }),
    wake: () => {
      for (const listener of [...wakeListeners]) listener();
    },
    leave: () => {
      for (const listener of [...leaveListeners]) listener();
    },
  };
}
