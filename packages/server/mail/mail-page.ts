import { escapeHtml } from '../language/escape-html.ts';
import type { Told, Words } from '../language/words.ts';

/** What a mail says, whichever form it has. */
export interface MailPage {
  readonly greeting: Told;
  readonly lead: Told;
  readonly link: MailLink;
  readonly foot?: Told;
}

export interface MailLink {
  readonly href: string;
  readonly label: Told;
}

/** Colours and type of the HTML form: no pictures, nothing from elsewhere, so that opening a mail tells nobody. */
export const mailLook = {
  body: 'margin:0;padding:24px;background:#f6f6f4;color:#1d1d1b;font:16px/1.5 system-ui,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px',
  button:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#2f5d50;color:#fff;text-decoration:none;font-weight:600',
  head: 'margin:16px 0 0',
  said: 'margin:0 0 16px',
  foot: 'color:#5c5c57;font-size:14px',
} as const;

export function htmlOf({ language, direction }: Words, inner: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  // Mail programs that show a mail within a page of theirs drop the outer elements, and their attributes with them.
  const spoken = `lang="${language}" dir="${direction}"`;
  const sheet = `<div ${spoken} style="${mailLook.sheet}">${inner}</div>`;
  return `<!doctype html><html ${spoken}><head>${head}</head><body ${spoken} style="${mailLook.body}">${sheet}</body></html>`;
}

export const buttonOf = (words: Words, { href, label }: MailLink): string =>
  `<p><a href="${escapeHtml(href)}" style="${mailLook.button}">${words.html(...label)}</a></p>`;

/** A short mail with one thing to do. */
export function pageOf(words: Words, { greeting, lead, link, foot }: MailPage): { text: string; html: string } {
  const said = [greeting, lead];
  const end = foot === undefined ? [] : [foot];
  const lines = [
    ...said.map((told) => words.t(...told)),
    `${words.t(...link.label)}\n${link.href}`,
    ...end.map((told) => words.t(...told)),
  ];
  const html = [
    ...said.map((told) => `<p>${words.html(...told)}</p>`),
    buttonOf(words, link),
    ...end.map((told) => `<p style="${mailLook.foot}">${words.html(...told)}</p>`),
  ];
  return { text: `${lines.join('\n\n')}\n`, html: htmlOf(words, html.join('')) };
}
