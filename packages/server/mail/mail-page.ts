import { escapeHtml } from './mail-words.ts';

/** What a mail says, whichever form it has. */
export interface MailPage {
  readonly greeting: string;
  readonly lead: string;
  readonly link: { readonly href: string; readonly label: string };
  readonly foot?: string;
}

/** Colours and type of the HTML form: no pictures, nothing from elsewhere, so that opening a mail tells nobody. */
export const mailLook = {
  body: 'margin:0;padding:24px;background:#f6f6f4;color:#1d1d1b;font:16px/1.5 system-ui,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px',
  button:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#2f5d50;color:#fff;text-decoration:none;font-weight:600',
  foot: 'color:#5c5c57;font-size:14px',
} as const;

export function htmlOf(inner: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  const sheet = `<div style="${mailLook.sheet}">${inner}</div>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body style="${mailLook.body}">${sheet}</body></html>`;
}

export const buttonOf = ({ href, label }: MailPage['link']): string =>
  `<p><a href="${escapeHtml(href)}" style="${mailLook.button}">${escapeHtml(label)}</a></p>`;

/** A short mail with one thing to do. */
export function pageOf({ greeting, lead, link, foot }: MailPage): { text: string; html: string } {
  const lines = [greeting, lead, `${link.label}:\n${link.href}`, ...(foot === undefined ? [] : [foot])];
  const paragraphs = [greeting, lead].map((words) => `<p>${escapeHtml(words)}</p>`).join('');
  const ending = foot === undefined ? '' : `<p style="${mailLook.foot}">${escapeHtml(foot)}</p>`;
  return { text: `${lines.join('\n\n')}\n`, html: htmlOf(`${paragraphs}${buttonOf(link)}${ending}`) };
}
