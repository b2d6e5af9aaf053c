import type { NextMail } from '@confab/chat';
import { digestMail } from './digest-mail.ts';
import { pageOf } from './mail-page.ts';
import { oneLine } from './mail-words.ts';

/** A mail in both of its forms. */
export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one ends mails of this kind without signing in. Those that one asked for have none. */
  readonly unsubscribe?: string;
}

/** Where mails come from. */
export interface Sender {
  /** What the instance calls itself. */
  readonly instance: string;
  /** Its address, without a slash at the end. */
  readonly url: string;
}

export type Mail = Exclude<NextMail, { kind: 'none' | 'online' | 'off' }>;

export function composeMail(mail: Mail, sender: Sender): Composed {
  if (mail.kind === 'digest') return digestMail(mail, sender);
  const { instance, url } = sender;
  const greeting = `Hello ${oneLine(mail.name)},`;
  if (mail.kind === 'test') {
    const lead = `This is the mail that you asked for. Mails from ${instance} reach you.`;
    const link = { href: `${url}/settings`, label: 'Your settings' };
    return { subject: `Mails from ${oneLine(instance)} reach you`, ...pageOf({ greeting, lead, link }) };
  }
  return {
    subject: `Confirm your e-mail address for ${oneLine(instance)}`,
    ...pageOf({
      greeting,
      lead: `Please confirm that this is your address. ${instance} then tells you here of messages that you missed.`,
      link: { href: `${url}/verify-email/${mail.token}`, label: 'Confirm this address' },
      foot: 'The link works once, for 24 hours. If you do not know what this is about, do nothing: you get no further mail.',
    }),
  };
}
