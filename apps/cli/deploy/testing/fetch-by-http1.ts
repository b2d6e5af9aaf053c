interface Dispatcher {
  readonly constructor: new (options: { allowH2: boolean }) => Dispatcher;
}

/**
 * Lets this process's `fetch` speak HTTP/1.1 only. Over HTTP/2 the client in Node 26.10 throws where nobody can catch
 * it when nginx or HAProxy ends a connection; what the proxies do with HTTP/2 is asked with `node:http2` instead.
 */
export async function fetchByHttp1(): Promise<void> {
  // What it sends its requests with is there after the first one, under the name that undici documents for it.
  await fetch('data:,');
  const world = globalThis as unknown as Record<symbol, Dispatcher | undefined>;
  const name = Symbol.for('undici.globalDispatcher.2');
  const Agent = world[name]?.constructor;
  if (!Agent) throw new Error('This Node keeps what fetch sends with elsewhere.');
  world[name] = new Agent({ allowH2: false });
}
