import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials } from '@confab/engine';
import { type CloseReason, closeCodes, type WireError } from '@confab/protocol';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Handler } from 'graphql-sse';
import { ResponseStream } from '../../http/response-stream.ts';
import { streamKinds } from '../../http/stream-kinds.ts';
import { errorOf } from '../../session/index.ts';
import { answer } from './answer.ts';
import { GraphqlConnection, type Wire } from './connection.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { type GraphqlRequest, prepare } from './prepare.ts';
import { overLimit, refusal } from './refusals.ts';

type Context = Record<PropertyKey, unknown>;

/**
 * One event stream, of one operation or of many (`token`: what `graphql-sse` calls a reservation), with a session of
 * its own. Results are written as they come: how much waits is what the response has not sent.
 */
export class EventStream implements Wire {
  readonly client = 'graphql-sse';
  readonly address: string;
  readonly credentials: Credentials;
  connection: GraphqlConnection | null = null;
  /** Resolves when a reserved stream is opened, or will not be. */
  readonly opened: Promise<void>;
  private readonly parts: GatewayParts;
  private readonly handler: Handler<undefined, undefined>;
  private readonly gone: () => void;
  private open: () => void = () => {};
  private out: ResponseStream | null = null;
  private body: AsyncGenerator<string, void, undefined> | null = null;
  private over = false;

  constructor(
    parts: GatewayParts,
    client: { address: string; credentials: Credentials },
    token: string | null,
    gone: () => void,
  ) {
    this.parts = parts;
    this.address = client.address;
    this.credentials = client.credentials;
    this.gone = gone;
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
    this.handler = createHandler<undefined, undefined, Context | undefined>({
      authenticate: () => token,
      onSubscribe: (_request, params) => this.prepare(params),
      // Held against the bounds and validated already.
      validate: () => [],
      execute: (args) => parts.execution.execute(args) as Promise<ExecutionResult>,
      subscribe: (args) => parts.execution.subscribe(args) as Promise<ExecutionResult>,
    });
  }

  get isOver(): boolean {
    return this.over;
  }

  /** Signs in; answers with why not. */
  async signIn(): Promise<WireError | undefined> {
    const opened = await GraphqlConnection.open(this.parts, this.credentials, this);
    if ('error' in opened) return opened.error;
    this.connection = opened.connection;
    if (opened.connection.session.isOver) return errorOf('session-revoked');
    return undefined;
  }

  /** A request that belongs to this stream: the one that opens it, or one that says what it is to tell. */
  async handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    this.connection?.count();
    const { url = '', method = '' } = request;
    const get = (name: string): string | null => {
      const header = request.headers[name.toLowerCase()];
      const value = Array.isArray(header) ? header.join(', ') : (header ?? null);
      return name.toLowerCase() === 'accept' && value?.includes('text/event-stream') ? 'text/event-stream' : value;
    };
    const [answered, head] = await this.handler({
      url,
      method,
      headers: { get },
      body,
      raw: undefined,
      context: undefined,
    });
    if (answered === null || typeof answered === 'string') return answer(response, answered, head);
    await this.pour(answered, response);
  }

  pendingBytes(): number {
    return this.out?.pendingBytes() ?? 0;
  }

  /** Whoever has to sign in again is told so; all others find the stream cut, and come back with their cursor. */
  ended(reason: CloseReason): void {
    if (closeCodes[reason].reconnect !== 'window') this.connection?.fail(errorOf(reason));
    // The last results are on their way by then.
    this.parts.timers.endOfTick(() => this.end());
  }

  /** Ends it from here. */
  end(): void {
    if (this.over) return;
    this.leave();
    this.out?.end();
  }

  cut(): void {
    this.out?.cut();
    this.leave();
  }

  private async pour(body: AsyncGenerator<string, void, undefined>, response: ServerResponse): Promise<void> {
    const { timers, limits } = this.parts;
    const handlers = {
      drained: () => this.connection?.drained(),
      alive: () => this.connection?.session.heard(),
    };
    this.out = new ResponseStream(response, streamKinds.sse, handlers, timers, limits.closeTimeoutMs);
    this.body = body;
    response.once('close', () => this.leave());
    this.open();
    if (response.destroyed) this.leave();
    for await (const chunk of body) {
      if (this.over) break;
      // Also what `graphql-sse` sends to keep the stream alive: it was heard of who took it.
      this.out.probe(Buffer.from(chunk));
    }
    this.end();
  }

  private leave(): void {
    if (this.over) return;
    this.over = true;
    this.open();
    this.connection?.left();
    void this.body?.return();
    this.gone();
  }

  private async prepare(params: GraphqlRequest & { extensions?: Record<string, unknown> | undefined }) {
    const { limits } = this.parts;
    const { connection } = this;
    const id = String(params.extensions?.operationId ?? '');
    if (connection === null || this.over) return failed([refusal(errorOf('session-revoked'))]);
    if (id.length > limits.operationIdChars) return failed([overLimit(limits.operationIdChars, 'characters in an id')]);
    const prepared = await prepare(this.parts, params, connection.context());
    return 'errors' in prepared
      ? failed(prepared.errors)
      : { ...prepared.args, contextValue: prepared.args.contextValue as Context };
  }
}

/** Errors as the only result of a stream, which is how `graphql-sse` tells what was wrong with a document. */
async function* failed(
  errors: NonNullable<ExecutionResult['errors']>,
): AsyncGenerator<ExecutionResult, void, undefined> {
  yield { errors };
}
