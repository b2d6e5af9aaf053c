import type { MailedMessage } from '@confab/chat';
import { escapeHtml } from '../language/escape-html.ts';
import { nameHtml, type Told, type Words } from '../language/words.ts';
import type { Composed, Mail, Sender } from './compose-mail.ts';
import { buttonOf, htmlOf, type MailLink, mailLook } from './mail-page.ts';
import { htmlLines, oneLine } from './mail-words.ts';

type Digest = Extract<Mail, { kind: 'digest' }>;

/** A mail's subject stays short enough for a list of mails. */
const subjectNameChars = 60;

function subjectOf({ messages, rest, hidden }: Digest, instance: string): Told {
  const count = messages.length + rest;
  const [first] = messages;
  if (hidden || first === undefined) {
    const sentence =
      '{count, plural, one {One message for you in {instance}} other {# messages for you in {instance}}}';
    return [sentence, { count, instance }];
  }
  const authors = new Set(messages.map(({ author }) => author));
  const author = oneLine(first.author).slice(0, subjectNameChars);
  const sentence =
    authors.size === 1 && rest === 0
      ? '{count, plural, one {One message from {author} in {instance}} other {# messages from {author} in {instance}}}'
      : '{count, plural, one {One message from {author} and others in {instance}} other {# messages from {author} and others in {instance}}}';
  return [sentence, { count, author, instance }];
}

const namesOf = ({ author, place }: MailedMessage) => ({ author: oneLine(author), place: oneLine(place) });

function textOf(message: MailedMessage, href: string, words: Words): string {
  const said = message.text.replace(/\r\n?/g, '\n').split('\n');
  const { author, place } = namesOf(message);
  const who = place === '' ? author : words.t('{author} in {place}', { author, place });
  return [who, ...said.map((line) => `  ${oneLine(line)}`), href].join('\n');
}

function htmlOfMessage(message: MailedMessage, href: string, words: Words): string {
  const { author, place } = namesOf(message);
  const who = place === '' ? nameHtml(author) : words.html('{author} in {place}', { author, place });
  const link = `<a href="${escapeHtml(href)}">${words.html('Open')}</a>`;
  return `<p style="${mailLook.head}"><strong>${who}</strong> · ${link}</p><p dir="auto" style="${mailLook.said}">${htmlLines(message.text)}</p>`;
}

/** What stands around the messages. */
function frameOf({ name, messages, rest }: Digest, { instance, url }: Sender) {
  const lead: Told[] = [
    ['Hello {name},', { name: oneLine(name) }],
    ['You missed {count, plural, one {one message} other {# messages}}.', { count: messages.length + rest }],
  ];
  const more: Told[] =
    rest === 0 ? [] : [['{count, plural, one {One more is waiting.} other {# more are waiting.}}', { count: rest }]];
  const open: MailLink = { href: `${url}/`, label: ['Open {instance}', { instance: oneLine(instance) }] };
  const foot: Told = ['You get this mail because you were away. When it comes, you choose in your settings.'];
  return { lead, more, open, foot };
}

/** Tells of what was missed: who wrote where, how it begins, and where to read it. */
export function digestMail(mail: Digest, sender: Sender, words: Words): Composed {
  const { messages, hidden } = mail;
  const unsubscribe = `${sender.url}/unsubscribe/${mail.unsubscribe}`;
  const linkTo = ({ room, message }: MailedMessage) => `${sender.url}/rooms/${room}/messages/${message}`;
  const { lead, more, open, foot } = frameOf(mail, sender);
  const lines = [
    ...lead.map((told) => words.t(...told)),
    ...messages.map((each) => (hidden ? linkTo(each) : textOf(each, linkTo(each), words))),
    ...more.map((told) => words.t(...told)),
    `${words.t(...open.label)}\n${open.href}`,
    `${words.t(...foot)}\n${words.t('No more of these mails')}\n${unsubscribe}`,
  ];
  const linkHtml = (href: string) => `<p><a href="${escapeHtml(href)}">${words.html('Open the message')}</a></p>`;
  const end = `<a href="${escapeHtml(unsubscribe)}">${words.html('No more of these mails')}</a>`;
  const inner = [
    ...lead.map((told) => `<p>${words.html(...told)}</p>`),
    ...messages.map((each) => (hidden ? linkHtml(linkTo(each)) : htmlOfMessage(each, linkTo(each), words))),
    ...more.map((told) => `<p>${words.html(...told)}</p>`),
    buttonOf(words, open),
    `<p style="${mailLook.foot}">${words.html(...foot)} ${end}</p>`,
  ];
  return {
    subject: words.t(...subjectOf(mail, oneLine(sender.instance))),
    text: `${lines.join('\n\n')}\n`,
    html: htmlOf(words, inner.join('')),
    unsubscribe,
  };
}
