import type { MailedMessage } from '@confab/chat';
import type { Composed, Mail, Sender } from './compose-mail.ts';
import { buttonOf, htmlOf, mailLook } from './mail-page.ts';
import { escapeHtml, htmlLines, oneLine } from './mail-words.ts';

type Digest = Extract<Mail, { kind: 'digest' }>;

/** A mail's subject stays short enough for a list of mails. */
const subjectNameChars = 60;

const counted = (count: number, one: string, more: string): string => (count === 1 ? one : `${count} ${more}`);

function subjectOf({ messages, rest, hidden }: Digest, { instance }: Sender): string {
  const what = counted(messages.length + rest, 'One message', 'messages');
  const [first] = messages;
  const place = oneLine(instance);
  if (hidden || first === undefined) return `${what} for you in ${place}`;
  const authors = new Set(messages.map(({ author }) => author));
  const author = oneLine(first.author).slice(0, subjectNameChars);
  if (authors.size === 1 && rest === 0) return `${what} from ${author} in ${place}`;
  return `${what} from ${author} and others in ${place}`;
}

const whereOf = ({ author, place }: MailedMessage): string =>
  place === '' ? oneLine(author) : `${oneLine(author)} in ${oneLine(place)}`;

function textOf(message: MailedMessage, href: string): string {
  const said = message.text.replace(/\r\n?/g, '\n').split('\n');
  return [whereOf(message), ...said.map((line) => `  ${oneLine(line)}`), href].join('\n');
}

function htmlOfMessage(message: MailedMessage, href: string): string {
  const who = `<strong>${escapeHtml(whereOf(message))}</strong>`;
  const link = `<a href="${escapeHtml(href)}">Open</a>`;
  return `<p>${who} · ${link}<br>${htmlLines(message.text)}</p>`;
}

/** Tells of what was missed: who wrote where, how it begins, and where to read it. */
export function digestMail(mail: Digest, sender: Sender): Composed {
  const { url } = sender;
  const { messages, rest, hidden } = mail;
  const unsubscribe = `${url}/unsubscribe/${mail.unsubscribe}`;
  const greeting = `Hello ${oneLine(mail.name)},`;
  const lead = `You missed ${counted(messages.length + rest, 'one message', 'messages')}.`;
  const linkTo = ({ room, message }: MailedMessage) => `${url}/rooms/${room}/messages/${message}`;
  const more = rest === 0 ? null : counted(rest, 'One more is waiting.', 'more are waiting.');
  const open = { href: `${url}/`, label: `Open ${oneLine(sender.instance)}` };
  const foot = 'You get this mail because you were away. When it comes, you choose in your settings.';
  const shown = hidden ? [] : messages;
  const lines = [
    ...[greeting, lead],
    ...shown.map((message) => textOf(message, linkTo(message))),
    ...(hidden ? messages.map(linkTo) : []),
    ...(more === null ? [] : [more]),
    `${open.label}:\n${open.href}`,
    `${foot}\nNo more of these mails:\n${unsubscribe}`,
  ];
  const inner = [
    `<p>${escapeHtml(greeting)}</p><p>${escapeHtml(lead)}</p>`,
    ...shown.map((message) => htmlOfMessage(message, linkTo(message))),
    ...(hidden
      ? messages.map((message) => `<p><a href="${escapeHtml(linkTo(message))}">Open the message</a></p>`)
      : []),
    ...(more === null ? [] : [`<p>${escapeHtml(more)}</p>`]),
    buttonOf(open),
    `<p style="${mailLook.foot}">${escapeHtml(foot)} <a href="${escapeHtml(unsubscribe)}">No more of these mails</a></p>`,
  ];
  return {
    subject: subjectOf(mail, sender),
    text: `${lines.join('\n\n')}\n`,
    html: htmlOf(inner.join('')),
    unsubscribe,
  };
}
