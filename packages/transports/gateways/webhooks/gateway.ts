import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemPorts, type Timers } from '@confab/engine';
import { errorRow, Refusal, toWireError, type WireError } from '@confab/protocol';
import type { Door, DoorParts } from '../../door.ts';
import { endConnection } from '../../http/answers.ts';
import { readText } from '../../http/read-body.ts';
import { webhookLimits } from './limits.ts';
import { type WebhookForm, webhookPost } from './webhook-text.ts';

export interface WebhooksOptions {
  readonly timers?: Timers;
}

type WebhookParts = Pick<DoorParts, 'ask' | 'report' | 'addressOf'> & Required<WebhooksOptions>;

const address = /^\/hooks\/([^/]{1,200})\/([A-Za-z0-9_-]{20,128})(\/plain)?$/;

/** Slack's words for what went wrong, where its programs look for one (its "Handling errors" for incoming webhooks). */
const slackErrors: Readonly<Record<string, string>> = {
  malformed: 'invalid_payload',
  'text-empty': 'no_text',
  'room-archived': 'channel_is_archived',
  'not-found': 'channel_not_found',
  unauthenticated: 'invalid_token',
  'session-revoked': 'invalid_token',
  'too-many-requests': 'rate_limited',
};

/**
 * Incoming webhooks: `POST /hooks/<room>/<token>` takes what programs send to Slack's, `…/plain` text or plain JSON.
 * The token is a bot's session that may post and nothing else, so what follows is the way of every other send.
 */
export function createWebhooksGateway(given: Omit<WebhookParts, 'timers'>, options: WebhooksOptions = {}): Door {
  const parts: WebhookParts = { timers: systemPorts().timers, ...given, ...options };
  return {
    name: 'webhooks',
    path: '/hooks',
    handleRequest(request, response) {
      answer(parts, request, response).catch((error: unknown) => {
        parts.report('error', 'a webhook failed', { error });
        if (!response.headersSent) respond(response, 'plain', toWireError('internal'));
      });
    },
    close: () => {},
  };
}

async function answer(parts: WebhookParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const [, room = '', token = '', plain] = address.exec(path) ?? [];
  const form: WebhookForm = plain === undefined ? 'slack' : 'plain';
  if (token === '') return respond(response, form, toWireError('not-found'));
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return respond(response, form, toWireError('malformed'), 405);
  }
  try {
    const { bodyBytes } = webhookLimits;
    const body = await readText(request, bodyBytes, parts.timers);
    if ('problem' in body) {
      if (body.problem === 'gone') return void response.destroy();
      throw new Refusal(body.problem, body.problem === 'frame-too-large' ? { limit: bodyBytes } : {});
    }
    const { text, clientId } = webhookPost(form, request.headers['content-type'] ?? '', body.text);
    const reply = await parts.ask({
      token,
      command: 'message.post',
      params: { room: decodeURIComponent(room), text, clientId: clientId ?? keyOf(request) },
      agent: request.headers['user-agent'] ?? '',
      address: parts.addressOf(request),
    });
    respond(response, form, 'error' in reply ? reply.error : null, undefined, 'result' in reply ? reply.result : {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'frame-too-large') endConnection(response);
    respond(response, form, error.toWire());
  }
}

/** A program that repeats a request after a lost answer says so by the usual header. */
function keyOf(request: IncomingMessage): string {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' && key !== '' ? key : randomUUID();
}

function respond(
  response: ServerResponse,
  form: WebhookForm,
  error: WireError | null,
  status = error === null ? 200 : errorRow(error.code).status,
  result: unknown = {},
): void {
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  if (error?.retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(error.retryAfterMs / 1_000));
  if (form === 'slack') {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.end(error === null ? 'ok' : (slackErrors[error.code] ?? error.code));
  } else {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(error === null ? result : { error }));
  }
}
