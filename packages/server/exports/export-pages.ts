const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}article{margin:1rem 0}article.reply{margin-inline-start:2rem}
header{font-weight:600}time,.aside{font-weight:400;opacity:.7;font-size:.85rem;margin-inline-start:.5rem}
p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}li{margin:.4rem 0}`;

/** A page that needs nothing but itself, and asks nobody for anything. */
export function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>
${body}
</body></html>
`;
}

export interface ShownMessage {
  readonly id: string;
  readonly author?: string;
  readonly text: string;
  readonly postedAt: number;
  readonly editedAt: number | null;
  readonly deletedAt?: number | null;
  readonly thread?: string;
  readonly style?: string;
  readonly reactions?: readonly { readonly emoji: string; readonly count: number }[];
}

const timeOf = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 16);
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A message to read; times are those of UTC. */
export function messageHtml(message: ShownMessage, author: string): string {
  const { id, text, postedAt, editedAt, deletedAt, thread, style: manner, reactions = [] } = message;
  const time = `<time datetime="${new Date(postedAt).toISOString()}">${timeOf(postedAt)} UTC</time>`;
  const edited = editedAt === null ? '' : '<span class="aside">edited</span>';
  const said = deletedAt
    ? '<p class="aside">This message was deleted.</p>'
    : `<p>${escaped(manner === 'me' ? `${author} ${text}` : text)}</p>`;
  const emoji = reactions.map((reaction) => `${escaped(reaction.emoji)} ${reaction.count}`).join(' · ');
  const below = emoji === '' ? '' : `<p class="aside">${emoji}</p>`;
  return `<article id="${escaped(id)}"${thread ? ' class="reply"' : ''}><header>${escaped(author)}${time}${edited}</header>${said}${below}</article>`;
}

export const headingHtml = (text: string): string => `<h2>${escaped(text)}</h2>`;

export function linksHtml(links: readonly { readonly href: string; readonly text: string }[]): string {
  return `<ul>${links.map(({ href, text }) => `<li><a href="${escaped(href)}">${escaped(text)}</a></li>`).join('\n')}</ul>`;
}
