import type { Chat, PushData, PushOutcome } from '@confab/chat';
import { OutgoingFault } from '../outgoing/outgoing-fault.ts';
import type { OutgoingAnswer, Outside } from '../outgoing/outside.ts';

export interface PushesParts {
  readonly push: Pick<Chat['push'], 'keys' | 'next'>;
  readonly outside: Pick<Outside, 'request'>;
  /** Where push services find whoever runs this instance: a `mailto:` or `https:` address (RFC 8292, section 2.1). */
  readonly contact: string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

type Keys = Awaited<ReturnType<Chat['push']['keys']>>;
type Next = NonNullable<Awaited<ReturnType<Chat['push']['next']>>>;

/** How long a push service keeps what a device that is switched off has not fetched. */
const keptSeconds = 4 * 3_600;

/** Sends what rings to people's browsers by way of their push services (RFC 8030), encrypted for them (RFC 8291). */
export class Pushes {
  readonly #parts: PushesParts;
  #keys: Promise<Keys> | undefined;

  constructor(parts: PushesParts) {
    this.#parts = parts;
  }

  /** Does a job of the kind `push`. */
  async send(subject: string, data: PushData): Promise<PushOutcome> {
    const next = await this.#parts.push.next(subject, data);
    if (!next) return { status: 'needless' };
    const request = await this.#requestOf(next).catch(() => undefined);
    // With a key that is none nothing will ever get there.
    if (!request) return { status: 'gone' };
    try {
      const { headers, body } = request;
      const answer = await this.#parts.outside.request(next.target.endpoint, { method: 'POST', headers, body });
      return this.#outcomeOf(answer);
    } catch (error) {
      if (!(error instanceof OutgoingFault)) throw error;
      const isForbidden = error.reason === 'not-public' || error.reason === 'address-form';
      if (isForbidden) return { status: 'failed', failure: 'not-allowed', again: false };
      return { status: 'failed', failure: 'no-answer', again: true };
    }
  }

  async #requestOf({ target: { endpoint, p256dh, auth }, payload, topic }: Next) {
    this.#keys ??= this.#parts.push.keys().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    const keys = await this.#keys;
    // Loaded when first used: it is not needed to start.
    const { default: webPush } = await import('web-push');
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(payload),
      {
        vapidDetails: { subject: this.#parts.contact, ...keys },
        contentEncoding: 'aes128gcm',
        urgency: 'high',
        TTL: keptSeconds,
        topic,
      },
    );
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return { headers: Object.fromEntries(texts) as Record<string, string>, body: body ?? Buffer.alloc(0) };
  }

  #outcomeOf({ status, headers }: OutgoingAnswer): PushOutcome {
    if (status >= 200 && status < 300) return { status: 'sent' };
    if (status === 404 || status === 410) return { status: 'gone' };
    if (status !== 429 && status < 500) return { status: 'failed', failure: 'refused', again: false };
    const wait = headers['retry-after'];
    const afterMs = wait === undefined ? undefined : waitOf(wait, this.#parts.now());
    return { status: 'failed', failure: 'no-answer', again: true, ...(afterMs === undefined ? {} : { afterMs }) };
  }
}

/** Longer than this is not waited for: it would be told too late. */
const longestWaitMs = 3_600_000;

/** Milliseconds of a `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3). */
function waitOf(text: string, now: number): number | undefined {
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestWaitMs);
}
