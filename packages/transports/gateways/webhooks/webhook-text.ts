import { Refusal } from '@confab/protocol';
import { textOfSlackMessage } from './slack-message.ts';

/** What a request posts. `clientId`: what makes it safe to repeat, where the program says one. */
export interface WebhookPost {
  readonly text: string;
  readonly clientId: string | null;
}

/** `slack`: Slack's form and markup. `plain`: `{ "text", "clientId" }` or text, as Markdown. */
export type WebhookForm = 'slack' | 'plain';

/** The post in a request's body. @throws `Refusal('malformed')` for a body in none of the forms. */
export function webhookPost(form: WebhookForm, contentType: string, body: string): WebhookPost {
  const [type = ''] = contentType.toLowerCase().split(';');
  if (form === 'plain' && type.trim() === 'text/plain') return { text: body, clientId: null };
  // Slack also takes the message as a form's field, which is what older programs send.
  const isForm = type.trim() === 'application/x-www-form-urlencoded';
  const json = isForm && form === 'slack' ? (new URLSearchParams(body).get('payload') ?? body) : body;
  const message = parsed(json);
  const clientId = typeof message.clientId === 'string' ? message.clientId : null;
  if (form === 'slack') return { text: textOfSlackMessage(message), clientId };
  if (typeof message.text !== 'string') throw new Refusal('malformed');
  return { text: message.text, clientId };
}

function parsed(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Refusal('malformed');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('malformed');
  return value as Record<string, unknown>;
}
