import type { ClientPorts, ClientSocket } from '../ports.ts';
import { systemPorts } from '../system-ports.ts';

/** The real ports of this machine, with a plug that a test pulls. */
export interface SwitchablePorts extends Partial<ClientPorts> {
  /** The network goes away: open connections are cut, new ones fail. */
  unplug(): void;
  /** It is back, and the device says so. */
  plugIn(): void;
}

export function switchablePorts(): SwitchablePorts {
  const ports = systemPorts();
  const open = new Set<() => void>();
  const wakeListeners = new Set<() => void>();
  let plugged = true;
  return {
    unplug() {
      plugged = false;
      for (const cut of [...open]) cut();
    },
    plugIn() {
      plugged = true;
      for (const listener of [...wakeListeners]) listener();
    },
    fetch: (url, init) => (plugged ? ports.fetch(url, init) : Promise.reject(new TypeError('no network'))),
    environment: {
      ...ports.environment,
      onWake(listener) {
        wakeListeners.add(listener);
        return () => {
          wakeListeners.delete(listener);
        };
      },
    },
    openSocket(url, handlers, door) {
      if (!plugged) {
        queueMicrotask(() => handlers.closed(1006));
        return { send() {}, close() {} };
      }
      let over = false;
      const closed = (code: number) => {
        if (over) return;
        over = true;
        open.delete(cut);
        handlers.closed(code);
      };
      const heard = {
        opened: () => over || handlers.opened(),
        received: (text: string) => over || handlers.received(text),
        closed,
      };
      const socket: ClientSocket = ports.openSocket(url, heard, door);
      const cut = () => {
        socket.close();
        closed(1006);
      };
      open.add(cut);
      return socket;
    },
  };
}
