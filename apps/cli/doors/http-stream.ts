import type { DoorKind } from './door-client.ts';
import { codeOf, HttpClient, type LoggedFrame } from './http-client.ts';

/** `fetch` and its body as it comes, a line each. */
export const httpStreamDoor: DoorKind = {
  name: 'HTTP stream',
  afterAbsence: 'none',
  repeatsSafely: true,
  async connect(target) {
    const client = new HttpStreamClient(target);
    await client.comeBack();
    return client;
  },
};

class HttpStreamClient extends HttpClient {
  private after = '';
  private plug = new AbortController();
  private reading: Promise<void> = Promise.resolve();

  async comeBack(): Promise<void> {
    this.plug = new AbortController();
    const { signal } = this.plug;
    const headers = { ...this.headers, accept: 'application/x-ndjson' };
    const response = await fetch(`${this.eventsUrl}&after=${this.after}`, { headers, signal });
    if (!response.ok || response.body === null) throw new Error(await codeOf(response));
    const { body } = response;
    await new Promise<void>((resolve) => {
      // It may be cut or end at any line: what came whole counts.
      this.reading = this.read(body, resolve).catch(() => {});
    });
  }

  async cut(): Promise<void> {
    this.plug.abort();
    await this.reading;
  }

  private async read(body: NonNullable<Response['body']>, began: () => void): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      // Only at line feeds: a text may hold what else counts as a line's end, as Node's `readline` takes it.
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') this.take(JSON.parse(line));
      began();
    }
  }

  private take(frame: LoggedFrame & { readonly cursor?: string }): void {
    // For one room an event is its own cursor: nothing hangs on the line that follows it.
    if (frame.seq !== undefined) this.after = `${frame.epoch}-${frame.seq}`;
    else if (frame.cursor !== undefined) this.after = frame.cursor;
    this.hear(frame);
  }
}
