import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface SseBlock {
  data?: string;
  id?: string;
  retry?: string;
  comment?: string;
}

/** Reads the body of one answer as it comes. */
export class StreamClient {
  text = '';
  status: number | undefined;
  headers: IncomingHttpHeaders = {};
  ended = false;
  private readonly request: ClientRequest;
  private response: IncomingMessage | null = null;

  constructor(url: string, headers: Record<string, string>, { method = 'GET', body = '' } = {}) {
    this.request = request(url, { headers, method, agent: false }, (response) => {
      this.response = response;
      this.status = response.statusCode;
      this.headers = response.headers;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        this.text += chunk;
      });
      response.on('close', () => {
        this.ended = true;
      });
    });
    this.request.on('error', () => {
      this.ended = true;
    });
    this.request.end(body);
  }

  /** Whole blocks of an event stream. */
  get blocks(): SseBlock[] {
    return this.text
      .split('\n\n')
      .slice(0, -1)
      .map((block) =>
        Object.fromEntries(
          block.split('\n').map((line) => {
            const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
            return [name || 'comment', value];
          }),
        ),
      );
  }

  /** The frames of either kind of stream. */
  get frames(): Record<string, unknown>[] {
    const lines = this.text.split('\n').slice(0, -1);
    return lines.flatMap((line) => {
      const json = line.startsWith('data: ') ? line.slice(6) : line;
      return json.startsWith('{') ? [JSON.parse(json) as Record<string, unknown>] : [];
    });
  }

  /** What the client would send when it comes back. */
  get lastId(): string {
    return this.blocks.findLast(({ id }) => id !== undefined)?.id ?? '';
  }

  get texts(): unknown[] {
    return this.frames.flatMap(({ event, data }) =>
      event === 'message.posted' ? [(data as { text: unknown }).text] : [],
    );
  }

  pause(): void {
    this.response?.pause();
  }

  resume(): void {
    this.response?.resume();
  }

  cut(): void {
    this.request.destroy();
  }
}
