import { once } from 'node:events';
import { EventSource } from 'eventsource';
import type { DoorKind } from './door-client.ts';
import { codeOf, HttpClient } from './http-client.ts';

/** The stock `EventSource` for Node (npm `eventsource`): it comes back by itself, with the id of the last event. */
export const sseDoor: DoorKind = {
  name: 'Server-Sent Events',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new SseClient(target);
    await client.comeBack();
    return client;
  },
};

class SseClient extends HttpClient {
  private source: EventSource | null = null;
  private isCut = false;
  private refusal = 'offline';
  private plug = new AbortController();

  async comeBack(): Promise<void> {
    this.isCut = false;
    this.source ??= this.listen();
    const { source } = this;
    // It may have come back by itself already.
    if (source.readyState === source.OPEN) return;
    await new Promise<void>((resolve, reject) => {
      source.addEventListener('open', () => resolve(), { once: true });
      source.addEventListener('error', () => {
        // One that it may come back from leaves it connecting.
        if (source.readyState === source.CLOSED) reject(new Error(this.refusal));
      });
    });
  }

  /** The network is gone until it comes back; the `EventSource` keeps trying, as a real one would. */
  async cut(): Promise<void> {
    this.isCut = true;
    const lost = this.source?.readyState === EventSource.OPEN ? once(this.source, 'error') : null;
    // Any other reason than an abort: an aborted `EventSource` believes that it was closed.
    this.plug.abort(new TypeError('The network is gone.'));
    this.plug = new AbortController();
    await lost;
  }

  override async close(): Promise<void> {
    this.source?.close();
  }

  private listen(): EventSource {
    const source = new EventSource(this.eventsUrl, {
      fetch: async (input, init) => {
        if (this.isCut) throw new TypeError('There is no network.');
        const { signal } = this.plug;
        const response = await fetch(input, {
          ...init,
          headers: { ...init.headers, ...this.headers },
          signal: AbortSignal.any([signal, ...(init.signal ? [init.signal as AbortSignal] : [])]),
        });
        if (response.status >= 400) this.refusal = await codeOf(response.clone());
        return response;
      },
    });
    source.onmessage = ({ data }) => this.hear(JSON.parse(data));
    return source;
  }
}
