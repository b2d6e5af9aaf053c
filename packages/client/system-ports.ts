import type { ClientPorts, ClientSocket, Environment, SocketHandlers, Tabs } from './ports.ts';

/** The ports of a browser or of Node, whichever this is. */
export function systemPorts(): ClientPorts {
  return {
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    random: {
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      fraction: () => Math.random(),
    },
    openSocket,
    fetch: (input, init) => fetch(input, init),
    environment: typeof document === 'undefined' ? withoutPage : pageEnvironment(),
    tabs:
      typeof navigator !== 'undefined' && 'locks' in navigator && typeof document !== 'undefined'
        ? browserTabs
        : oneTab,
  };
}

function openSocket(url: string, handlers: SocketHandlers): ClientSocket {
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

const withoutPage: Environment = { cookies: false, origin: '', onWake: () => () => {} };

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
