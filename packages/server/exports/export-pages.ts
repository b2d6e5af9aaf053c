import type { ExportedFile } from '@confab/chat';
import { escapeHtml } from '../language/escape-html.ts';
import { nameHtml, type Words } from '../language/words.ts';

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}article{margin:1rem 0}article.reply{margin-inline-start:2rem}
header{font-weight:600}time,.aside{font-weight:400;opacity:.7;font-size:.85rem;margin-inline-start:.5rem}
p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}li{margin:.4rem 0}`;

export interface ShownMessage {
  readonly id: string;
  readonly author?: string;
  readonly text: string;
  readonly postedAt: number;
  readonly editedAt: number | null;
  readonly deletedAt?: number | null;
  readonly thread?: string;
  readonly style?: string;
  readonly files?: readonly ExportedFile[];
  readonly reactions?: readonly { readonly emoji: string; readonly count: number }[];
}

/** A file of a message. `href`: where it lies; `null` when its content is gone. */
export interface ShownFile {
  readonly name: string;
  readonly href: string | null;
}

/** Pages to read, in the language of whoever takes them along; times are those of UTC. */
export class ExportPages {
  readonly #words: Words;
  readonly #days: Intl.DateTimeFormat;
  readonly #times: Intl.DateTimeFormat;

  constructor(words: Words) {
    this.#words = words;
    this.#days = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeZone: 'UTC' });
    this.#times = new Intl.DateTimeFormat(words.language, {
      ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ timeZone: 'UTC', timeZoneName: 'short' },
    });
  }

  /** From one day to another. */
  days(from: number, to: number): string {
    return this.#days.formatRange(from, to);
  }

  /** A page that needs nothing but itself, and asks nobody for anything. */
  page(title: string, body: string): string {
    const { language, direction } = this.#words;
    return `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`;
  }

  message(message: ShownMessage, author: string, files: readonly ShownFile[] = []): string {
    const { id, postedAt, editedAt, thread, reactions = [] } = message;
    const time = `<time datetime="${new Date(postedAt).toISOString()}">${escapeHtml(this.#times.format(postedAt))}</time>`;
    const edited = editedAt === null ? '' : `<span class="aside">${this.#words.html('edited')}</span>`;
    const emoji = reactions.map((reaction) => `${escapeHtml(reaction.emoji)} ${reaction.count}`).join(' · ');
    const below = emoji === '' ? '' : `<p class="aside">${emoji}</p>`;
    const head = `<header>${nameHtml(author)}${time}${edited}</header>`;
    return `<article id="${escapeHtml(id)}"${thread ? ' class="reply"' : ''}>${head}${this.#said(message, author)}${this.#attached(files)}${below}</article>`;
  }

  #said({ text, deletedAt, style: manner }: ShownMessage, author: string): string {
    if (deletedAt) return `<p class="aside">${this.#words.html('This message was deleted.')}</p>`;
    if (text === '') return '';
    return `<p dir="auto">${escapeHtml(manner === 'me' ? `${author} ${text}` : text)}</p>`;
  }

  #attached(files: readonly ShownFile[]): string {
    const lines = files.map(({ name, href }) => {
      const title = nameHtml(name);
      if (href === null)
        return `<li>${title} <span class="aside">${this.#words.html('Its content is not there any more.')}</span></li>`;
      return `<li><a href="${escapeHtml(hrefOf(href))}">${title}</a></li>`;
    });
    return lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
  }
}

/** A path as an address: what means something there is written otherwise. */
const hrefOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export const headingHtml = (text: string): string => `<h2>${escapeHtml(text)}</h2>`;

export interface Link {
  readonly href: string;
  readonly text: string;
}

export function linksHtml(links: readonly Link[]): string {
  return `<ul>${links.map(({ href, text }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></li>`).join('\n')}</ul>`;
}
