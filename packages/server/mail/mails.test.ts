import type { NextMail } from '@confab/chat';
import { languages, type MessageId, type RoomId } from '@confab/protocol';
import { type PrivateMailServer, startMailServer } from '@confab/testing/mail-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { composeMail, type Mail } from './compose-mail.ts';
import { Mails } from './mails.ts';
import { smtpTransport } from './smtp-transport.ts';
import { type ReadMail, readMail } from './testing/read-mail.ts';

let server: PrivateMailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server?.remove());

const room = '01890000-0000-7000-8000-000000000001' as RoomId;
const message = '01890000-0000-7000-8000-000000000002' as MessageId;
const mia = { name: 'Mia', address: 'mia@example.org', language: 'en' } as const;
const reports: unknown[] = [];

function mailsFor(next: NextMail, instance = 'Workshop'): Mails {
  return new Mails({
    mail: { next: async () => next },
    transport: smtpTransport(server.url),
    sender: { instance, url: 'https://chat.example.org' },
    from: 'Confab <confab@example.org>',
    report: (_level, _what, details) => void reports.push(details),
  });
}
const send = (next: NextMail, instance?: string) =>
  mailsFor(next, instance).send('somebody/digest', AbortSignal.timeout(20_000));

/** Sends it, and reads what lies in the mailbox. */
async function delivered(next: NextMail, instance?: string): Promise<ReadMail> {
  const before = new Set(server.mails());
  expect((await send(next, instance)).status).toBe('sent');
  const found = await vi.waitFor(() => {
    const raw = server.mails().find((mail) => !before.has(mail));
    if (raw === undefined) throw new Error('Nothing was delivered yet.');
    return raw;
  }, 10_000);
  return readMail(found);
}

const digest = {
  kind: 'digest',
  ...{ ...mia, hidden: false, rest: 0, told: [message], unsubscribe: 'mia_signature' },
  messages: [{ room, message, author: 'Zoë Müller', place: '#general', text: 'Is 3 < 4?\nSee “this”' }],
} as const satisfies NextMail;

describe('a mail', () => {
  it('[O7] tells who wrote where, how it begins and where to read it, as text and as HTML', async () => {
    const { headers, text, html } = await delivered({ ...digest, rest: 2 });
    expect(headers.get('subject')).toEqual(['3 messages from Zoë Müller and others in Workshop']);
    expect(headers.get('from')).toEqual(['Confab <confab@example.org>']);
    expect(headers.get('to')).toEqual(['mia@example.org']);
    expect(headers.get('auto-submitted')).toEqual(['auto-generated']);
    const link = `https://chat.example.org/rooms/${room}/messages/${message}`;
    expect(text).toContain(`Zoë Müller in #general\n  Is 3 < 4?\n  See “this”\n${link}`);
    expect(text).toContain('2 more are waiting.');
    expect(html).toContain('Is 3 &lt; 4?<br>See “this”');
    expect(html).toContain(`href="${link}"`);
    expect(html).not.toMatch(/<img|<script|src=/);
  });

  it('[O9] is ended by one click, in a mail program and in the mail', async () => {
    const { headers, text } = await delivered(digest);
    const link = 'https://chat.example.org/unsubscribe/mia_signature';
    expect(headers.get('list-unsubscribe')).toEqual([`<${link}>`]);
    expect(headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(text).toContain(link);
  });

  it('says neither who nor where when words are to be hidden', async () => {
    const messages = [{ room, message, author: '', place: '', text: '' }];
    const { headers, text, html } = await delivered({ ...digest, hidden: true, messages });
    expect(headers.get('subject')).toEqual(['One message for you in Workshop']);
    expect(text + html).not.toContain('Müller');
    expect(text).toContain(`/rooms/${room}/messages/${message}`);
  });

  it('has the headers that it has, whatever people and places are called', async () => {
    const hostile = 'Eve\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>';
    const messages = [{ room, message, author: hostile, place: `#${hostile}`, text: `${hostile}\n.\nQUIT` }];
    const { headers, text, html } = await delivered({ ...digest, name: hostile, messages }, `Work\r\nX-Evil: yes`);
    expect(headers.has('bcc')).toBe(false);
    expect(headers.has('x-evil')).toBe(false);
    expect(headers.get('to')).toEqual(['mia@example.org']);
    expect(headers.get('subject')?.[0]).toContain('Eve Bcc: eve@example.org');
    expect(text).toContain('  .\n  QUIT');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });

  it('carries the link that confirms an address', async () => {
    const token = 'T'.repeat(43);
    const { headers, text, html } = await delivered({ kind: 'verify', ...mia, token });
    expect(headers.get('subject')).toEqual(['Confirm your e-mail address for Workshop']);
    for (const form of [text, html]) expect(form).toContain(`https://chat.example.org/verify-email/${token}`);
    expect(headers.has('list-unsubscribe')).toBe(false);
  });

  it('speaks the language of whoever it is for', async () => {
    const { headers, text, html } = await delivered({ ...digest, language: 'de', rest: 2 });
    expect(headers.get('subject')).toEqual(['3 Nachrichten von Zoë Müller und anderen in Workshop']);
    expect(text).toContain('Hallo Mia,\n\ndu hast 3 Nachrichten verpasst.');
    expect(text).toContain('2 weitere warten auf dich.');
    expect(html).toContain('<body lang="de" dir="ltr"');
    expect(text + html).not.toMatch(/\b(Hello|Open|missed|mails)\b/);
  });

  it('is laid out from right to left for who reads that way, with names kept apart', async () => {
    const { headers, text, html } = await delivered({ ...digest, language: 'ar' });
    expect(headers.get('subject')).toEqual(['رسالة واحدة من \u2068Zoë Müller\u2069 في \u2068Workshop\u2069']);
    expect(text).toContain('\u2068Zoë Müller\u2069 في \u2068#general\u2069\n  Is 3 < 4?');
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<strong><bdi>Zoë Müller</bdi> في <bdi>#general</bdi></strong>');
    expect(html).toMatch(/<p dir="auto" [^>]*>Is 3 &lt; 4\?<br>/);
    expect(html).not.toMatch(/\b(left|right)\b/);
  });

  it.each(languages)('in %s leaves nothing unsaid', async (language) => {
    const sender = { instance: 'Workshop', url: 'https://chat.example.org' };
    const mails: Mail[] = [
      { kind: 'test', ...mia, language },
      { kind: 'verify', ...mia, language, token: 'T' },
      { ...digest, language, hidden: true },
      { ...digest, language, messages: [{ ...digest.messages[0], place: '' }] },
    ];
    for (const mail of mails) {
      const { subject, text, html } = await composeMail(mail, sender);
      expect(subject).toContain('Workshop');
      expect(subject + text + html.replaceAll(/style="[^"]*"/g, '')).not.toMatch(/[{}\uE000\uE001]|undefined/);
      expect(html).toContain(`lang="${language}"`);
    }
  });

  it.each([
    ['refused@example.org', 'refused'],
    ['later@example.org', 'no-answer'],
  ])('[O8] to %s did not get through: %s', async (address, failure) => {
    reports.length = 0;
    expect(await send({ kind: 'test', ...mia, address })).toEqual({ status: 'failed', failure });
    expect(JSON.stringify(reports)).not.toContain('example.org');
  });

  it('is not sent where there is no mail server, or when there is nothing to say', async () => {
    const parts = { sender: { instance: '', url: '' }, from: '', report: () => {} };
    const off = new Mails({ ...parts, mail: { next: async () => digest }, transport: undefined });
    expect(await off.send('somebody/digest', AbortSignal.timeout(1_000))).toEqual({ status: 'off' });
    const before = server.mails().length;
    expect(await send({ kind: 'none', told: [message] })).toEqual({ status: 'needless', told: [message] });
    expect(await send({ kind: 'online' })).toEqual({ status: 'online' });
    expect(server.mails()).toHaveLength(before);
  });
});
