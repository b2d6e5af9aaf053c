import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, toWireError } from '@confab/protocol';
import type { DoorParts } from '../../door.ts';
import { answerError, answerJson, refuse } from '../../http/answers.ts';
import { mayRequest } from '../../http/may-request.ts';
import { readBytes, refuseBody } from '../../http/read-body.ts';
import { notNow, refusalNow } from '../../not-now.ts';
import type { Connections } from './connections.ts';
import { positionsOf } from './cursors.ts';
import type { ConnectionParts, HubConnection } from './hub-connection.ts';
import { negotiationAnswer, newConnectionNames, readNegotiation } from './negotiation.ts';
import { credentialsOf } from './request-credentials.ts';
import { LongPollingTransport } from './transports/long-polling.ts';
import { ServerSentEventsTransport } from './transports/server-sent-events.ts';

/** The smallest question that only somebody who is signed in is answered. */
const whoAmI = { command: 'person.look-up', params: { users: [] } };

type Handler = (request: IncomingMessage, response: ServerResponse, connection: HubConnection) => void | Promise<void>;

/** What comes to a hub as plain requests: negotiation, and the two transports that are made of requests. */
export class HubRequests {
  private readonly parts: DoorParts & ConnectionParts;
  private readonly connections: Connections;

  constructor(parts: DoorParts & ConnectionParts, connections: Connections) {
    this.parts = parts;
    this.connections = connections;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    address: 'negotiate' | 'transport',
    query: URLSearchParams,
  ): Promise<void> {
    if (address === 'negotiate') {
      if (request.method === 'POST') await this.negotiate(request, response, query);
      else answerStatus(response, 405, 'malformed');
      return;
    }
    const handler = this.handlers[request.method ?? ''];
    if (handler === undefined) answerStatus(response, 405, 'malformed');
    else if (!mayRequest(this.parts.origins, request)) refuse(response, 'foreign-origin');
    else {
      const connectionToken = query.get('id');
      const { tokenHash } = credentialsOf(this.parts, request, query);
      const connection = connectionToken === null ? undefined : this.connections.find(connectionToken, tokenHash);
      if (connectionToken === null) refuse(response, 'malformed');
      else if (connection === undefined) refuse(response, 'not-found');
      else await handler(request, response, connection);
    }
  }

  private readonly handlers: Readonly<Record<string, Handler | undefined>> = {
    GET: (request, response, connection) => this.get(request, response, connection),
    POST: (request, response, connection) => this.post(request, response, connection),
    DELETE: (_request, response, connection) => this.remove(response, connection),
  };

  private async negotiate(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const { parts, connections } = this;
    // A body has no meaning; none is kept.
    request.resume();
    const asked = readNegotiation(query);
    if (asked === undefined) return refuse(response, 'malformed');
    const address = parts.addressOf(request);
    const refused = refusalNow(parts.reception, address);
    if (refused !== undefined) return refuse(response, refused.code, refused.details);
    const { token, tokenHash } = credentialsOf(parts, request, query);
    const agent = request.headers['user-agent'] ?? '';
    const known = await parts.ask({ token, ...whoAmI, agent, address });
    if ('error' in known) return answerError(response, known.error);
    const cursor = query.get('cursor');
    const from = cursor === null ? undefined : positionsOf(cursor, parts.limits);
    if (from !== undefined && 'error' in from) return answerError(response, from.error);
    if (!connections.hasRoomFor(tokenHash)) {
      return refuse(response, notNow.overloaded.code, notNow.overloaded.details);
    }
    const names = newConnectionNames(parts.node);
    const { mayResume } = asked;
    connections.add({ ...names, token, tokenHash, address, mayResume, from: from?.positions });
    answerJson(response, 200, negotiationAnswer(names, asked));
  }

  /** A stream of events, or a poll: what the client says that it takes decides. */
  private get(request: IncomingMessage, response: ServerResponse, connection: HubConnection): void {
    const { limits, timers, clock } = this.parts;
    const { transport } = connection;
    const wantsStream = request.headers.accept?.includes('text/event-stream') === true;
    if (transport instanceof LongPollingTransport && !wantsStream) transport.polled(response);
    else if (!connection.isWaiting) answerStatus(response, 409, 'malformed');
    else if (wantsStream) connection.attach(new ServerSentEventsTransport(response, connection, limits, timers));
    else {
      const polling = new LongPollingTransport(connection, limits, clock);
      connection.attach(polling);
      polling.polled(response);
    }
  }

  /** One transport message. Answered when it was taken in; what comes of it is told over the other direction. */
  private async post(request: IncomingMessage, response: ServerResponse, connection: HubConnection): Promise<void> {
    const { transport } = connection;
    if (transport === null) return answerStatus(response, 404, 'not-found');
    if (transport.name === 'WebSockets') return answerStatus(response, 405, 'malformed');
    const { limits, timers } = this.parts;
    const body = await readBytes(request, limits.transferBytes, timers);
    if ('problem' in body) {
      // Who went away in the middle of it will say it again over another connection.
      if (body.problem !== 'gone') connection.violated(body.problem);
      return refuseBody(response, body.problem, limits.transferBytes);
    }
    if (body.bytes.length > 0) connection.received(body.bytes);
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': 0 });
    response.end();
  }

  private remove(response: ServerResponse, connection: HubConnection): void {
    if (connection.transport?.name !== 'LongPolling') {
      refuse(response, 'malformed');
      return;
    }
    connection.end();
    response.writeHead(202, { 'content-type': 'text/plain; charset=utf-8', 'content-length': 0 });
    response.end();
  }
}

/** A refusal whose status says more to this protocol's clients than that of our own errors. */
function answerStatus(response: ServerResponse, status: number, code: ErrorCode): void {
  answerJson(response, status, JSON.stringify({ error: toWireError(code) }));
}
