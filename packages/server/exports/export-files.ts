import type { Export, Language } from '@confab/protocol';
import { type Words, wordsOf } from '../language/words.ts';
import { ExportPages, headingHtml, type Link, linksHtml, type ShownMessage } from './export-pages.ts';
import { type OpenContent, placeOf, streamedFiles } from './exported-content.ts';
import type { ZipEntry } from './zip-stream.ts';

export interface ExportPart {
  readonly name: string;
  readonly data: unknown;
}

interface MessagesPart {
  readonly room?: string;
  readonly people?: readonly { readonly id: string; readonly name: string }[];
  readonly messages: readonly ShownMessage[];
}

interface OwnRoom {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

type WithFiles = Pick<ShownMessage, 'files'>;

const filesIn = (messages: readonly WithFiles[]) => messages.flatMap(({ files = [] }) => files);

/** Messages on one page to read. */
const perPage = 1_000;

/** The pages on which messages are read, gathered while their pieces come by. */
class Pages {
  readonly links: Link[] = [];
  readonly #title: string;
  readonly #words: Words;
  readonly #pages: ExportPages;
  readonly #rooms = new Map<string, string>();
  #html: string[] = [];
  #messages = 0;
  #from = 0;
  #to = 0;
  #room = '';

  constructor(title: string, words: Words) {
    this.#title = title;
    this.#words = words;
    this.#pages = new ExportPages(words);
  }

  rooms(rooms: readonly OwnRoom[]): void {
    for (const { id, kind, name } of rooms) {
      this.#rooms.set(id, name || this.#words.t(kind === 'group' ? 'A group' : 'A direct'));
    }
  }

  /** Takes messages in; answers with a page when one is full. */
  *take({ room, people = [], messages }: MessagesPart, missing: ReadonlySet<string>): Generator<ZipEntry> {
    const names = new Map(people.map(({ id, name }) => [id, name]));
    if (room !== undefined && room !== this.#room) {
      this.#room = room;
      this.#html.push(headingHtml(this.#rooms.get(room) ?? this.#words.t('A room that you have left')));
    }
    for (const message of messages) {
      const author = names.get(message.author ?? '') ?? this.#words.t('You');
      const files = (message.files ?? []).map((file) => ({
        name: file.name,
        href: missing.has(file.id) ? null : placeOf(file),
      }));
      this.#html.push(this.#pages.message(message, author, files));
      this.#from = this.#messages === 0 ? message.postedAt : Math.min(this.#from, message.postedAt);
      this.#to = Math.max(this.#to, message.postedAt);
      this.#messages += 1;
    }
    if (this.#messages >= perPage) yield* this.end();
  }

  *end(): Generator<ZipEntry> {
    if (this.#messages === 0) return;
    const name = `messages-${`${this.links.length + 1}`.padStart(5, '0')}.html`;
    const days = this.#pages.days(this.#from, this.#to);
    const text = this.#words.t('{days}, {count, plural, one {# message} other {# messages}}', {
      days,
      count: this.#messages,
    });
    this.links.push({ href: name, text });
    const back = linksHtml([{ href: 'index.html', text: this.#words.t('All pages') }]);
    const title = this.#words.t('{title}: {days}', { title: this.#title, days });
    yield { name, content: this.#pages.page(title, `${back}\n${this.#html.join('\n')}\n${back}`) };
    this.#html = [];
    this.#messages = 0;
    this.#to = 0;
  }

  /** Where one begins to read. */
  index(files: readonly Link[]): string {
    const none = `<p>${this.#words.html('There are no messages.')}</p>`;
    const messages = this.links.length === 0 ? none : linksHtml(this.links);
    const heads = [headingHtml(this.#words.t('Messages')), headingHtml(this.#words.t('As data'))];
    return this.#pages.page(this.#title, `${heads[0]}\n${messages}\n${heads[1]}\n${linksHtml(files)}`);
  }
}

/**
 * The files of an export: every piece as JSON, the files of its messages, also of those that wait, the messages on
 * pages to read in a language, and a page to begin at.
 */
export async function* exportFiles(
  made: Pick<Export, 'what' | 'title'>,
  parts: AsyncIterable<ExportPart>,
  language: Language,
  open: OpenContent,
): AsyncGenerator<ZipEntry> {
  const words = await wordsOf(language);
  const title = made.what === 'account' ? words.t('Your data') : made.title;
  const pages = new Pages(title, words);
  const files: Link[] = [];
  for await (const { name, data } of parts) {
    const href = `data/${name}`;
    files.push({ href, text: name });
    yield { name: href, content: JSON.stringify(data, null, 1) };
    if (name.startsWith('rooms-')) pages.rooms(data as OwnRoom[]);
    const missing = new Set<string>();
    if (name.startsWith('scheduled-')) yield* streamedFiles(filesIn(data as WithFiles[]), open, missing);
    if (!name.startsWith('messages-')) continue;
    const part = data as MessagesPart;
    yield* streamedFiles(filesIn(part.messages), open, missing);
    yield* pages.take(part, missing);
  }
  yield* pages.end();
  yield { name: 'index.html', content: pages.index(files) };
}
