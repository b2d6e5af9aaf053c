import { Parser } from 'htmlparser2';

/** What a page says of itself, in one line each. */
export interface PageSummary {
  readonly title: string;
  readonly description?: string;
  readonly site?: string;
}

/** The most characters of each. */
export interface SummaryBounds {
  readonly previewTitleChars: number;
  readonly previewTextChars: number;
  readonly previewSiteChars: number;
}

/** Where each is said, the better place first. */
const places = {
  title: ['og:title', 'twitter:title', 'title'],
  description: ['og:description', 'twitter:description', 'description'],
  site: ['og:site_name', 'application-name'],
} as const;

/** What a page's head says of itself; `undefined` when it has no title. */
export function summaryOf(html: string, bounds: SummaryBounds): PageSummary | undefined {
  const said = sayingsOf(html);
  const read = (name: keyof typeof places, chars: number): string | undefined => {
    const text = places[name].map((place) => oneLine(said.get(place) ?? '')).find((each) => each !== '');
    return text && shortened(text, chars);
  };
  const title = read('title', bounds.previewTitleChars);
  if (title === undefined) return undefined;
  const description = read('description', bounds.previewTextChars);
  const site = read('site', bounds.previewSiteChars);
  return { title, ...(description ? { description } : {}), ...(site ? { site } : {}) };
}

/** The first value of each meta element and the title, by name. */
function sayingsOf(html: string): Map<string, string> {
  const said = new Map<string, string>();
  let title: string | null = null;
  const parser = new Parser({
    onopentag: (tag, { name, property, content }) => {
      if (tag === 'body') parser.pause();
      if (tag === 'title' && !said.has('title')) title = '';
      const key = (property ?? name ?? '').toLowerCase();
      if (tag === 'meta' && key !== '' && content !== undefined && !said.has(key)) said.set(key, content);
    },
    ontext: (text) => {
      if (title !== null) title += text;
    },
    onclosetag: (tag) => {
      if (tag !== 'title' || title === null) return;
      said.set('title', title);
      title = null;
    },
  });
  parser.write(html);
  return said;
}

/** Without what is not to be seen: control and direction characters of other people's making would spoil the line. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Cut between characters as people see them, at a space where one is near. */
function shortened(text: string, chars: number): string {
  if (text.length <= chars) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, chars * 2))) {
    if (cut.length + segment.length >= chars) break;
    cut += segment;
  }
  const space = cut.lastIndexOf(' ');
  return `${space > chars * 0.8 ? cut.slice(0, space) : cut}…`;
}
