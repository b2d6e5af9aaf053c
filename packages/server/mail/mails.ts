import type { Chat, MailOutcome, NextMail } from '@confab/chat';
import type { Report } from '@confab/engine';
import type { MailFailure } from '@confab/protocol';
import type { Sender } from './compose-mail.ts';
import type { Transport } from './smtp-transport.ts';

export interface MailsParts {
  readonly mail: Pick<Chat['mail'], 'next'>;
  /** Without one no mail is sent. */
  readonly transport: Transport | undefined;
  readonly sender: Sender;
  /** As `CONFAB_MAIL_FROM` has it. */
  readonly from: string;
  readonly report: Report;
}

type Mail = Exclude<NextMail, { kind: 'none' | 'online' | 'off' }>;

/** What an SMTP client tells of a failure; everything else in it may name people. */
interface SmtpFault {
  readonly code?: unknown;
  readonly responseCode?: unknown;
}

/** Five hundreds are for good (RFC 5321, section 4.2.1), unless it is we ourselves who may not send there. */
function failureOf({ code, responseCode }: SmtpFault): MailFailure {
  const isOurs = code === 'EAUTH' || code === 'ETLS' || code === 'ENOAUTH';
  return !isOurs && typeof responseCode === 'number' && responseCode >= 500 ? 'refused' : 'no-answer';
}

/** Sends what is due to people's mailboxes, by way of the operator's mail server. */
export class Mails {
  readonly #parts: MailsParts;

  constructor(parts: MailsParts) {
    this.#parts = parts;
  }

  /** Does a job of the kind `mail`. */
  async send(subject: string, signal: AbortSignal): Promise<MailOutcome> {
    const { mail, transport } = this.#parts;
    if (!transport) return { status: 'off' };
    const next = await mail.next(subject);
    if (next.kind === 'none') return { status: 'needless', told: next.told };
    if (next.kind === 'online' || next.kind === 'off') return { status: next.kind };
    const envelope = await this.#envelope(next);
    try {
      await transport(envelope, signal);
    } catch (error) {
      const { code, responseCode } = error as SmtpFault;
      this.#parts.report('warn', 'a mail was not taken', { mail: next.kind, code, responseCode });
      return { status: 'failed', failure: failureOf({ code, responseCode }) };
    }
    return { status: 'sent', told: next.kind === 'digest' ? next.told : [] };
  }

  async #envelope(next: Mail) {
    // Loaded with the first mail: a server that has just started needs neither it nor its languages.
    const { composeMail } = await import('./compose-mail.ts');
    const { subject, text, html, unsubscribe } = await composeMail(next, this.#parts.sender);
    return {
      from: this.#parts.from,
      // The address alone: a name that somebody chose has no place in this header.
      to: { name: '', address: next.address },
      ...{ subject, text, html },
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe === undefined
          ? {}
          : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    };
  }
}
