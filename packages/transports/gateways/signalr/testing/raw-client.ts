import { WebSocket } from 'ws';
import { until } from '../../../testing/until.ts';
import type { HubEncoding } from '../hub/encoding.ts';
import { handshakeResponse } from '../hub/handshake.ts';
import { jsonEncoding } from '../hub/json-encoding.ts';
import type { HubMessage } from '../hub/message.ts';
import { defaultSignalRLimits } from '../limits.ts';
import { records } from './bounds.ts';
import type { OpenGateway } from './open-gateway.ts';

export interface Negotiation {
  readonly connectionId: string;
  readonly connectionToken: string;
  readonly negotiateVersion: number;
  readonly useStatefulReconnect?: boolean;
  readonly error?: { readonly code: string };
}

export async function negotiate(
  gateway: OpenGateway,
  token: string | null,
  query = 'negotiateVersion=1',
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Negotiation; headers: Headers }> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${gateway.url}/negotiate?${query}`, {
    method: 'POST',
    headers: { ...authorization, ...headers },
  });
  return { status: response.status, body: (await response.json()) as Negotiation, headers: response.headers };
}

/** A client on a WebSocket that says whatever a test wants it to. */
export class RawClient {
  readonly webSocket: WebSocket;
  readonly received: HubMessage[] = [];
  handshake: string | null = null;
  /** The HTTP status of a refused upgrade. */
  status = 0;
  closeCode: number | undefined;
  private readonly encoding: HubEncoding;

  constructor(
    gateway: OpenGateway,
    token: string | null,
    query = '',
    encoding: HubEncoding = jsonEncoding,
    headers = {},
  ) {
    this.encoding = encoding;
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const url = `${gateway.url.replace('http', 'ws')}${query === '' ? '' : `?${query}`}`;
    this.webSocket = new WebSocket(url, { headers: { ...authorization, ...headers } });
    this.webSocket.on('message', (data: Buffer) => this.take(data));
    this.webSocket.on('unexpected-response', (_request, response) => {
      this.status = response.statusCode ?? 0;
      this.webSocket.terminate();
    });
    this.webSocket.on('error', () => {});
    this.webSocket.on('close', (code) => {
      this.closeCode = code;
    });
  }

  /** A client that was let in. */
  static async enter(gateway: OpenGateway, token: string, query = '', encoding = jsonEncoding): Promise<RawClient> {
    const client = new RawClient(gateway, token, query, encoding);
    await client.opened();
    client.shakeHands();
    await until(() => client.handshake !== null);
    return client;
  }

  /** One that negotiated that it may be resumed. */
  static async enterStateful(gateway: OpenGateway, token: string, encoding = jsonEncoding) {
    const { body } = await negotiate(gateway, token, 'negotiateVersion=1&useStatefulReconnect=true');
    const query = `id=${body.connectionToken}`;
    const client = await RawClient.enter(gateway, token, query, encoding);
    client.send({ type: 6 });
    return { client, query };
  }

  async opened(): Promise<void> {
    await until(() => this.webSocket.readyState === WebSocket.OPEN || this.status !== 0);
  }

  shakeHands(version = 2): void {
    this.write(records({ protocol: this.encoding.name, version }));
  }

  write(data: Buffer | string): void {
    this.webSocket.send(data);
  }

  send(...messages: HubMessage[]): void {
    this.write(Buffer.concat(messages.map((message) => this.encoding.encode(message))));
  }

  /** Calls a method and answers with its completion. */
  async call(target: string, ...given: unknown[]): Promise<HubMessage> {
    const invocationId = `${target}-${this.received.length}`;
    this.send({ type: 1, invocationId, target, arguments: given });
    return this.completion(invocationId);
  }

  async completion(invocationId: string): Promise<HubMessage> {
    const find = () => this.received.find((each) => each.type === 3 && each.invocationId === invocationId);
    await until(() => find() !== undefined);
    return find() as HubMessage;
  }

  /** The texts of the messages that it was told of. */
  get texts(): string[] {
    return this.calls('message').map((message) => (message as { text: string }).text);
  }

  /** What a method of it was called with. */
  calls(target: string): unknown[] {
    return this.received.flatMap((each) => (each.type === 1 && each.target === target ? [each.arguments[0]] : []));
  }

  items(invocationId: string): { event: string; cursor?: string; data?: { text?: string } }[] {
    return this.received.flatMap((each) =>
      each.type === 2 && each.invocationId === invocationId ? [each.item as never] : [],
    );
  }

  private take(data: Buffer): void {
    let bytes = data;
    if (this.handshake === null && this.webSocket.url.length > 0) {
      const end = bytes.indexOf(0x1e);
      const first = bytes.subarray(0, end + 1);
      const isHandshake = first.equals(handshakeResponse()) || first.includes('"error"');
      this.handshake = isHandshake ? first.toString('utf8', 0, end) : '';
      if (isHandshake) bytes = bytes.subarray(end + 1);
    }
    this.received.push(...this.encoding.decode(bytes, { ...defaultSignalRLimits, messageBytes: 10_000_000 }));
  }
}
