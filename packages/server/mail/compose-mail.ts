import type { NextMail } from '@confab/chat';
import { wordsOf } from '../language/words.ts';
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

/** In the language of whoever it is for. */
export async function composeMail(mail: Mail, sender: Sender): Promise<Composed> {
  const words = await wordsOf(mail.language);
  if (mail.kind === 'digest') return digestMail(mail, sender, words);
  const { url } = sender;
  const instance = { instance: oneLine(sender.instance) };
  const greeting = ['Hello {name},', { name: oneLine(mail.name) }] as const;
  if (mail.kind === 'test') {
    const page = pageOf(words, {
      greeting,
      lead: ['This is the mail that you asked for. Mails from {instance} reach you.', instance],
      link: { href: `${url}/settings`, label: ['Your settings'] },
    });
    return { subject: words.t('Mails from {instance} reach you', instance), ...page };
  }
  const page = pageOf(words, {
    greeting,
    lead: [
      'Please confirm that this is your address. {instance} then tells you here of messages that you missed.',
      instance,
    ],
    link: { href: `${url}/verify-email/${mail.token}`, label: ['Confirm this address'] },
    foot: [
      'The link works once, for 24 hours. If you do not know what this is about, do nothing: you get no further mail.',
    ],
  });
  return { subject: words.t('Confirm your e-mail address for {instance}', instance), ...page };
}
