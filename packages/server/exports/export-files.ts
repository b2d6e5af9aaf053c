import type { Export } from '@confab/protocol';
import { dayOf, headingHtml, linksHtml, messageHtml, pageOf, type ShownMessage } from './export-pages.ts';
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

/** Messages on one page to read. */
const perPage = 1_000;

/** The pages on which messages are read, gathered while their pieces come by. */
class Pages {
  readonly links: { href: string; text: string }[] = [];
  readonly #title: string;
  readonly #rooms = new Map<string, string>();
  #html: string[] = [];
  #messages = 0;
  #from = 0;
  #to = 0;
  #room = '';

  constructor(title: string) {
    this.#title = title;
  }

  rooms(rooms: readonly OwnRoom[]): void {
    for (const { id, kind, name } of rooms) this.#rooms.set(id, name || (kind === 'group' ? 'A group' : 'A direct'));
  }

  /** Takes messages in; answers with a page when one is full. */
  *take({ room, people = [], messages }: MessagesPart): Generator<ZipEntry> {
    const names = new Map(people.map(({ id, name }) => [id, name]));
    if (room !== undefined && room !== this.#room) {
      this.#room = room;
      this.#html.push(headingHtml(this.#rooms.get(room) ?? 'A room that you have left'));
    }
    for (const message of messages) {
      this.#html.push(messageHtml(message, names.get(message.author ?? '') ?? 'You'));
      this.#from = this.#messages === 0 ? message.postedAt : Math.min(this.#from, message.postedAt);
      this.#to = Math.max(this.#to, message.postedAt);
      this.#messages += 1;
    }
    if (this.#messages >= perPage) yield* this.end();
  }

  *end(): Generator<ZipEntry> {
    if (this.#messages === 0) return;
    const name = `messages-${`${this.links.length + 1}`.padStart(5, '0')}.html`;
    const days = `${dayOf(this.#from)} to ${dayOf(this.#to)}`;
    const count = this.#messages === 1 ? '1 message' : `${this.#messages.toLocaleString('en')} messages`;
    this.links.push({ href: name, text: `${days}, ${count}` });
    const back = linksHtml([{ href: 'index.html', text: 'All pages' }]);
    yield { name, content: pageOf(`${this.#title}: ${days}`, `${back}\n${this.#html.join('\n')}\n${back}`) };
    this.#html = [];
    this.#messages = 0;
    this.#to = 0;
  }
}

/** The files of an export: every piece as JSON, its messages on pages to read, and a page to begin at. */
export async function* exportFiles(
  made: Pick<Export, 'what' | 'title'>,
  parts: AsyncIterable<ExportPart>,
): AsyncGenerator<ZipEntry> {
  const title = made.what === 'account' ? 'Your data' : made.title;
  const pages = new Pages(title);
  const files: { href: string; text: string }[] = [];
  for await (const { name, data } of parts) {
    const href = `data/${name}`;
    files.push({ href, text: name });
    yield { name: href, content: JSON.stringify(data, null, 1) };
    if (name.startsWith('rooms-')) pages.rooms(data as OwnRoom[]);
    if (name.startsWith('messages-')) yield* pages.take(data as MessagesPart);
  }
  yield* pages.end();
  const messages = pages.links.length === 0 ? '<p>There are no messages.</p>' : linksHtml(pages.links);
  const body = `${headingHtml('Messages')}\n${messages}\n${headingHtml('As data')}\n${linksHtml(files)}`;
  yield { name: 'index.html', content: pageOf(title, body) };
}
