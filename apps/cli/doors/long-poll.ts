import type { DoorKind } from './door-client.ts';
import { codeOf, HttpClient, type LoggedFrame } from './http-client.ts';

interface Polled {
  readonly events: readonly LoggedFrame[];
  readonly cursor: string;
  readonly more: boolean;
  readonly pollAfterMs: number;
}

/** A loop of plain requests, each answered as soon as there is something. */
export const longPollDoor: DoorKind = {
  name: 'Long polling',
  afterAbsence: 'none',
  repeatsSafely: true,
  connect: (target) => PollClient.connect(new PollClient(target, 20)),
};

/** Asks for events again and again; `waitSeconds` 0 is plain polling, as often as the server says. */
export class PollClient extends HttpClient {
  private readonly waitSeconds: number;
  private cursor = '';
  private plug = new AbortController();
  private polling: Promise<void> = Promise.resolve();

  constructor(target: ConstructorParameters<typeof HttpClient>[0], waitSeconds: number) {
    super(target);
    this.waitSeconds = waitSeconds;
  }

  static async connect(client: PollClient): Promise<PollClient> {
    await client.comeBack();
    return client;
  }

  async comeBack(): Promise<void> {
    this.plug = new AbortController();
    const first = await this.poll(0);
    this.polling = this.goOn(first).catch(() => {});
  }

  async cut(): Promise<void> {
    this.plug.abort();
    await this.polling;
  }

  private async goOn(first: Polled): Promise<void> {
    for (let polled = first; !this.plug.signal.aborted; ) {
      if (!polled.more && this.waitSeconds === 0) await this.pause(polled.pollAfterMs);
      if (!this.plug.signal.aborted) polled = await this.poll(this.waitSeconds);
    }
  }

  private async poll(wait: number): Promise<Polled> {
    const { signal } = this.plug;
    const address = `${this.eventsUrl}&after=${this.cursor}&wait=${wait}`;
    const response = await fetch(address, { headers: this.headers, signal });
    if (!response.ok) throw new Error(await codeOf(response));
    const polled = (await response.json()) as Polled;
    // Cut off between the answer and here, it would have been lost.
    if (signal.aborted) return polled;
    this.cursor = polled.cursor;
    for (const event of polled.events) this.hear(event);
    return polled;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.plug.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
