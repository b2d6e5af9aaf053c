import type { DoorClient, DoorTarget, SeenMessage } from './door-client.ts';

/** A stored event, as every door of our own protocol tells it. */
export interface LoggedFrame {
  readonly event: string;
  readonly epoch: number;
  readonly seq?: number;
  readonly by: string;
  readonly data: { readonly id: string; readonly clientId: string; readonly text: string };
}

/** A client that says what it has to say with a POST, and hears in one way or another over HTTP. */
export abstract class HttpClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  protected readonly target: DoorTarget;

  constructor(target: DoorTarget) {
    this.target = target;
  }

  abstract cut(): Promise<void>;
  abstract comeBack(): Promise<void>;

  async post(text: string, clientId: string): Promise<void> {
    const { url, room } = this.target;
    const response = await fetch(`${url}/api/v1/rooms/${room}/messages`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ text, clientId }),
    }).catch(() => Promise.reject(new Error('offline')));
    if (!response.ok) throw new Error(await codeOf(response));
  }

  async close(): Promise<void> {
    await this.cut();
  }

  protected get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.target.token}` };
  }

  protected get eventsUrl(): string {
    return `${this.target.url}/api/v1/events?room=${this.target.room}`;
  }

  protected hear({ event, seq, by, data }: LoggedFrame): void {
    if (event === 'message.posted') this.seen.push({ seq: seq ?? 0, author: by, ...data });
  }
}

/** The code of the error that a request was refused with. */
export async function codeOf(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string } };
  return error.code;
}
