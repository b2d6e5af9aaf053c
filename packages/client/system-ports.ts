import type { HttpDoorName } from './connection/http-socket.ts';
import { IndexedDbShelf } from './offline/indexed-db-shelf.ts';
import type { ClientPorts, ClientSocket, Environment, SocketHandlers, Tabs } from './ports.ts';

/** The ports of a browser or of Node, whichever this is. */
export function systemPorts(): ClientPorts {
  return {
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    after: afterDelay,
    random: {
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      fraction: () => Math.random(),
    },
    openSocket: (url, handlers, door) =>
      door === 'websocket' ? openWebSocket(url, handlers) : openHttpSocket(url, handlers, door),
    fetch: (input, init) => fetch(input, init),
    environment: typeof document === 'undefined' ? withoutPage : pageEnvironment(),
    tabs:
      typeof navigator !== 'undefined' && 'locks' in navigator && typeof document !== 'undefined'
        ? browserTabs
        : oneTab,
    // A program without a page has nobody to show it to.
    ...(typeof document === 'undefined' || typeof indexedDB === 'undefined'
      ? {}
      : { shelf: (server) => new IndexedDbShelf(indexedDB, `confab-shelf ${server}`) }),
  };
}

function openWebSocket(url: string, handlers: SocketHandlers): ClientSocket {
  const socket = new WebSocket(url);
  let over = false;
  const closed = (code: number) => {
    if (over) return;
    over = true;
    handlers.closed(code);
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = (message: MessageEvent<unknown>) => {
    if (typeof message.data === 'string') handlers.received(message.data);
  };
  socket.onclose = (event) => closed(event.code);
  // Some runtimes tell a failed handshake as an error without a close.
  socket.onerror = () => {
    if (socket.readyState === WebSocket.CLOSED) closed(1006);
  };
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

/** Loaded only where no WebSocket gets through, which is rare. */
function openHttpSocket(url: string, handlers: SocketHandlers, door: HttpDoorName): ClientSocket {
  let socket: ClientSocket | null = null;
  let over = false;
  const closed = (code: number) => {
    if (over) return;
    over = true;
    handlers.closed(code);
  };
  const ports = { fetch: globalThis.fetch.bind(globalThis), after: afterDelay };
  const address = url.replace(/^ws/, 'http').replace(/connect$/, 'connections');
  import('./connection/http-socket.ts').then(
    ({ HttpSocket }) => {
      if (over) return;
      socket = new HttpSocket(address, door, ports, { ...handlers, closed });
      handlers.opened();
    },
    () => closed(1006),
  );
  return {
    send: (text) => socket?.send(text),
    close: () => (socket === null ? closed(1000) : socket.close()),
  };
}

function afterDelay(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

const withoutPage: Environment = { cookies: false, origin: '', onWake: () => () => {}, onLeave: () => () => {} };

function pageEnvironment(): Environment {
  return {
    cookies: true,
    origin: location.origin,
    onWake(listener) {
      const shown = () => {
        if (document.visibilityState === 'visible') listener();
      };
      const stop = new AbortController();
      const { signal } = stop;
      addEventListener('online', listener, { signal });
      addEventListener('pageshow', listener, { signal });
      document.addEventListener('visibilitychange', shown, { signal });
      return () => stop.abort();
    },
    onLeave(listener) {
      const stop = new AbortController();
      addEventListener('pagehide', listener, { signal: stop.signal });
      return () => stop.abort();
    },
  };
}

/** Without other tabs the lock is always free and nobody hears. */
export const oneTab: Tabs = {
  lock(_name, held) {
    held();
    return () => {};
  },
  channel: () => ({ post() {}, close() {} }),
};

const browserTabs: Tabs = {
  lock(name, held) {
    let release = () => {};
    const stop = new AbortController();
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    navigator.locks
      .request(name, { signal: stop.signal }, () => {
        held();
        return until;
      })
      // Rejects only when `stop` came first: nothing was held.
      .catch(() => {});
    return () => {
      release();
      stop.abort();
    };
  },
  channel(name, heard) {
    const channel = new BroadcastChannel(name);
    channel.onmessage = (message: MessageEvent<unknown>) => heard(message.data);
    return {
      post: (message) => channel.postMessage(message),
      close: () => channel.close(),
    };
  },
};
