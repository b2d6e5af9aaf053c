import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, type ErrorDetails, toWireError } from '@confab/protocol';
import { mayConnect } from '../../door.ts';
import { idOnNode } from '../../node-ids.ts';
import { answerError, bodyOf } from './answer.ts';
import { EventStream } from './event-stream.ts';
import type { GatewayParts } from './gateway-parts.ts';

const tokenHeader = 'x-graphql-event-stream-token';

/** GraphQL over Server-Sent Events, as `graphql-sse` speaks it: a stream per operation, or one reserved for many. */
export class GraphqlEventStreams {
  private readonly parts: GatewayParts;
  private readonly open = new Set<EventStream>();
  private readonly reserved = new Map<string, EventStream>();

  constructor(parts: GatewayParts) {
    this.parts = parts;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const body = await bodyOf(request, response, this.parts);
    if (body === null) return;
    // A form of another site's page is not read at all.
    if (method === 'POST' && type !== 'application/json') return refuse(response, 'malformed');
    const token = streamToken(request);
    if (method === 'PUT') return this.reserve(request, response);
    if (token !== null) return this.reach(token, request, response, body);
    if (!mayConnect(this.parts.origins, request) && !isOwnPage(request)) return refuse(response, 'foreign-origin');
    const stream = this.stream(request, null);
    if (await this.letIn(stream, response)) await this.run(stream, request, response, body);
  }

  close(): void {
    for (const stream of this.open) stream.cut();
  }

  /** Reserves a stream for many operations; it has to be opened within a time. */
  private async reserve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limits } = this.parts;
    if (this.reserved.size >= limits.reservations) return refuse(response, 'overloaded');
    const token = idOnNode(this.parts.node, randomUUID());
    const stream = this.stream(request, token);
    this.reserved.set(token, stream);
    if (!(await this.letIn(stream, response))) return;
    const spare = this.parts.timers.after(this.parts.limits.reservationMs, () => stream.end());
    void stream.opened.then(spare);
    await stream.handle(request, response, '');
  }

  /** A request to a reserved stream, by the one who reserved it. */
  private async reach(token: string, request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const stream = this.reserved.get(token);
    const credentials = this.parts.credentialsOf(request);
    if (!stream || stream.isOver || stream.credentials.token !== credentials.token) {
      return refuse(response, 'not-found');
    }
    const { origin } = request.headers;
    if (origin !== undefined && !this.parts.origins.allows(origin, request)) return refuse(response, 'foreign-origin');
    // What is asked of a stream that nobody hears yet would wait without a bound.
    if (request.method === 'POST' && !request.headers.accept?.includes('text/event-stream')) await stream.opened;
    if (stream.isOver) return refuse(response, 'not-found');
    await stream.handle(request, response, body);
  }

  private stream(request: IncomingMessage, token: string | null): EventStream {
    const { parts } = this;
    const client = { address: parts.addressOf(request), credentials: parts.credentialsOf(request) };
    const stream = new EventStream(parts, client, token, () => {
      this.open.delete(stream);
      if (token !== null) this.reserved.delete(token);
    });
    this.open.add(stream);
    return stream;
  }

  private async letIn(stream: EventStream, response: ServerResponse): Promise<boolean> {
    const error = await stream.signIn();
    if (error === undefined && !response.destroyed) return true;
    stream.cut();
    if (error !== undefined) answerError(response, error);
    return false;
  }

  /** A stream of one operation lives as long as its request. */
  private async run(
    stream: EventStream,
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
  ): Promise<void> {
    response.once('close', () => stream.cut());
    await stream.handle(request, response, body);
  }
}

function streamToken(request: IncomingMessage): string | null {
  const header = request.headers[tokenHeader];
  if (typeof header === 'string') return header;
  return new URL(request.url ?? '', 'http://localhost').searchParams.get('token');
}

/** A page of our own names no origin with a GET; then the browser says in its own words that it is ours. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === 'same-origin';
}

function refuse(response: ServerResponse, code: ErrorCode, details: ErrorDetails = {}): void {
  answerError(response, toWireError(code, details));
}
