import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { until } from '../../../testing/until.ts';
import type { HubEncoding } from '../hub/encoding.ts';
import { jsonEncoding } from '../hub/json-encoding.ts';
import type { HubMessage } from '../hub/message.ts';
import { defaultSignalRLimits } from '../limits.ts';
import { records } from './bounds.ts';
import type { OpenGateway } from './open-gateway.ts';
import { negotiate } from './raw-client.ts';

const bounds = { ...defaultSignalRLimits, messageBytes: 10_000_000 };

/** One GET that goes on, or that waits for its answer. */
export class OpenRequest {
  readonly request: ClientRequest;
  response: IncomingMessage | null = null;
  body: Buffer = Buffer.alloc(0);
  ended = false;

  constructor(url: string, headers: Record<string, string>) {
    this.request = request(url, { headers, agent: false }, (response) => {
      this.response = response;
      response.on('data', (chunk: Buffer) => {
        this.body = Buffer.concat([this.body, chunk]);
      });
      response.on('close', () => {
        this.ended = true;
      });
      response.on('error', () => {});
    });
    this.request.on('error', () => {
      this.ended = true;
    });
    this.request.end();
  }

  get status(): number {
    return this.response?.statusCode ?? 0;
  }

  async done(): Promise<this> {
    await until(() => this.ended);
    return this;
  }
}

/** A client that negotiated, and sends by POST. */
export class RequestClient {
  readonly gateway: OpenGateway;
  readonly token: string;
  readonly url: string;
  readonly encoding: HubEncoding;

  private constructor(gateway: OpenGateway, token: string, connectionToken: string, encoding: HubEncoding) {
    this.gateway = gateway;
    this.token = token;
    this.url = `${gateway.url}?id=${connectionToken}`;
    this.encoding = encoding;
  }

  static async negotiated(gateway: OpenGateway, token: string, encoding = jsonEncoding): Promise<RequestClient> {
    const { body } = await negotiate(gateway, token);
    return new RequestClient(gateway, token, body.connectionToken, encoding);
  }

  get(headers: Record<string, string> = {}): OpenRequest {
    return new OpenRequest(this.url, { authorization: `Bearer ${this.token}`, ...headers });
  }

  stream(): OpenRequest {
    return this.get({ accept: 'text/event-stream' });
  }

  async post(body: Buffer | string): Promise<number> {
    const headers = { authorization: `Bearer ${this.token}` };
    return (await fetch(this.url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body as string)) }))
      .status;
  }

  async end(): Promise<number> {
    return (await fetch(this.url, { method: 'DELETE', headers: { authorization: `Bearer ${this.token}` } })).status;
  }

  shakeHands(): Promise<number> {
    return this.post(records({ protocol: this.encoding.name, version: 1 }));
  }

  send(...messages: HubMessage[]): Promise<number> {
    return this.post(Buffer.concat(messages.map((message) => this.encoding.encode(message))));
  }

  /** A poll's answer. */
  async poll(): Promise<{ status: number; messages: HubMessage[] }> {
    const { status, body } = await this.get().done();
    return { status, messages: status === 200 ? this.encoding.decode(body, bounds) : [] };
  }

  /** Polled, shaken hands, and open. */
  async openPolling(): Promise<this> {
    await this.poll();
    await this.shakeHands();
    await this.get().done();
    return this;
  }
}

/** The hub messages of a stream of events, the handshake left out. */
export function messagesOf({ body }: OpenRequest): HubMessage[] {
  const data = String(body)
    .split('\r\n\r\n')
    .slice(0, -1)
    .flatMap((event) => (event.includes('data: ') ? [event.slice(event.indexOf('data: ') + 6)] : []));
  return data
    .filter((text) => text.includes('"type"'))
    .flatMap((text) => jsonEncoding.decode(Buffer.from(text), bounds));
}
