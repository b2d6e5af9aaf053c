import type { IncomingMessage, ServerResponse } from 'node:http';
import { commands, type Home, isCommandName, toWireError } from '@confab/protocol';
import { type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import { createHandler, type Handler, type OperationArgs, type RequestParams } from 'graphql-http';
import type { Outcome } from '../../session/index.ts';
import { answer, bodyOf } from './answer.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { prepare } from './prepare.ts';
import { coded, overLimit } from './refusals.ts';
import type { GraphqlContext } from './schema/context.ts';

type Raw = IncomingMessage;
type Context = Record<PropertyKey, unknown>;

/** GraphQL over HTTP: one request, one operation, as `graphql-http` reads and answers them. */
export class GraphqlRequests {
  private readonly parts: GatewayParts;
  private readonly handler: Handler<Raw, undefined>;

  constructor(parts: GatewayParts) {
    this.parts = parts;
    this.handler = createHandler<Raw, undefined, Context>({
      onSubscribe: (request, params) => this.prepare(request.raw, params),
      execute: (args) => parts.execution.execute(args) as Promise<ExecutionResult>,
      formatError: (error) =>
        error instanceof GraphQLError ? coded(error, 'invalid-params') : malformed(error.message),
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request, response, this.parts);
    if (body === null) return;
    // Several requests in one are not taken: each is held against the bounds by itself.
    if (/^\s*\[/.test(body)) {
      const errors = [overLimit(1, 'operations in a request')];
      answer(response, JSON.stringify({ errors }), { status: 400, statusText: '' });
      return;
    }
    const { url = '', method = '', headers } = request;
    const [text, head] = await this.handler({ url, method, headers, body, raw: request, context: undefined });
    answer(response, text, head);
  }

  private async prepare(
    request: IncomingMessage,
    params: RequestParams,
  ): Promise<OperationArgs<Context> | readonly GraphQLError[] | [string, { status: number; statusText: string }]> {
    const prepared = await prepare(this.parts, params, this.contextOf(request));
    if ('errors' in prepared) return prepared.errors;
    const { document, operationName } = prepared.args;
    const operation = getOperationAST(document, operationName)?.operation;
    if (operation === 'subscription') {
      return [
        coded(new GraphQLError('Subscriptions are told over WebSocket, or at /graphql/stream.'), 'unknown-command'),
      ];
    }
    if (operation === 'mutation' && request.method === 'GET') {
      const errors = [malformed('A mutation has to be sent by POST.')];
      return [JSON.stringify({ errors }), { status: 405, statusText: 'Method Not Allowed' }];
    }
    return prepared.args as OperationArgs<Context>;
  }

  /** Runs commands as a request of HTTP does. */
  private contextOf(request: IncomingMessage): GraphqlContext {
    const { parts } = this;
    const { token } = parts.credentialsOf(request);
    const agent = request.headers['user-agent'] ?? '';
    const address = parts.addressOf(request);
    const ask = async (command: string, params: unknown): Promise<Outcome<unknown>> => {
      // About a connection, which a request is not.
      if (isCommandName(command) && commands[command].http === null) {
        return { error: toWireError('unknown-command', { command }) };
      }
      const reply = await parts.ask({ token, command, params, agent, address });
      return 'json' in reply ? { result: JSON.parse(reply.json) } : reply;
    };
    let home: Promise<Outcome<unknown>> | undefined;
    return {
      ask,
      home: () => {
        home ??= ask('account.home', {});
        return home as Promise<Outcome<Home>>;
      },
      streams: null,
    };
  }
}

const malformed = (message: string): GraphQLError => coded(new GraphQLError(message), 'malformed');
