import type { Ask } from '@confab/engine';
import { type CommandName, commands, type SignedIn, type WireError } from '@confab/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './answers.ts';
import { noSessionCookie, sessionCookie, tokenOf } from './credentials.ts';
import { parametersOf } from './parameters.ts';

export interface CommandRouteParts {
  readonly ask: Ask;
  /** Whether cookies are for TLS only, whatever the request came over. */
  readonly alwaysSecure: boolean;
}

const endsSession: ReadonlySet<string> = new Set(['session-expired', 'session-revoked', 'account-disabled']);

/** One route per row of the protocol's table that has one ([C6]). */
export function addCommandRoutes(app: FastifyInstance, parts: CommandRouteParts): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    const { http } = commands[name];
    if (http === null) continue;
    const [method = '', path = ''] = http.split(' ');
    app.route({ method, url: `/api/v1${path}`, handler: handlerOf(name, parts) });
  }
}

function handlerOf(name: CommandName, parts: CommandRouteParts) {
  const { params: schema } = commands[name];
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store');
    const params = parametersOf(schema, request);
    const outcome = await parts.ask({
      token: tokenOf(request.raw),
      command: name,
      params,
      agent: request.headers['user-agent'] ?? '',
      address: request.ip,
    });
    const secure = parts.alwaysSecure || request.protocol === 'https';
    if ('error' in outcome) return sendRefusal(reply, outcome.error, secure);
    if ('json' in outcome) return reply.type('application/json; charset=utf-8').send(outcome.json);
    return reply.send(delivered(name, params, outcome.result, reply, secure));
  };
}

function sendRefusal(reply: FastifyReply, error: WireError, secure: boolean): FastifyReply {
  if (endsSession.has(error.code)) reply.header('set-cookie', noSessionCookie(secure));
  return sendError(reply, error);
}

/** Puts a new session's token into the cookie where that is wanted, and takes it out of the answer. */
function delivered(name: CommandName, params: unknown, result: unknown, reply: FastifyReply, secure: boolean): unknown {
  if (name === 'account.sign-out') reply.header('set-cookie', noSessionCookie(secure));
  if (!startsSession(result) || (params as { deliver: string }).deliver !== 'cookie') return result;
  const { token, ...shown } = result;
  reply.header('set-cookie', sessionCookie(token, result.expiresAt, secure));
  return shown;
}

function startsSession(result: unknown): result is SignedIn & { token: string } {
  return typeof result === 'object' && result !== null && 'token' in result && 'session' in result;
}
