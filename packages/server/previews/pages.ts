import type { Report } from '@confab/engine';
import type { Preview } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { OutgoingFault } from '../outgoing/outgoing-fault.ts';
import type { Outside } from '../outgoing/outside.ts';
import { type PageSummary, summaryOf } from './page-summary.ts';
import { textOf } from './page-text.ts';

export interface PagesParts {
  readonly outside: Pick<Outside, 'request'>;
  readonly report: Report;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** What the server says it is to those whom it asks. */
  readonly agent: string;
  /** This instance's own address: what is there is for people who are signed in. */
  readonly own: string;
}

/** Pages are remembered so that a link that many post is asked for once. */
const bounds = { pages: 1_000, keptMs: 600_000 } as const;

interface SeenPage {
  readonly summary: Promise<PageSummary | undefined>;
  readonly atMs: number;
}

/** Finds out what pages say of themselves. */
export class Pages {
  readonly #parts: PagesParts;
  /** By address, the one asked for last at the end. */
  readonly #seen = new Map<string, SeenPage>();

  constructor(parts: PagesParts) {
    this.#parts = parts;
  }

  /** A preview of each link that has one; whatever fails has none. */
  async previewsOf(links: readonly string[]): Promise<Preview[]> {
    const summaries = await Promise.all(links.map((url) => this.#summary(url)));
    return links.flatMap((url, index) => {
      const summary = summaries[index];
      return summary ? [{ url, ...summary }] : [];
    });
  }

  #summary(url: string): Promise<PageSummary | undefined> {
    const { href, origin } = new URL(url);
    if (origin === this.#parts.own) return Promise.resolve(undefined);
    const nowMs = this.#parts.monotonic();
    const seen = this.#seen.get(href);
    if (seen && nowMs - seen.atMs < bounds.keptMs) return seen.summary;
    const summary = this.#look(href);
    this.#seen.delete(href);
    this.#seen.set(href, { summary, atMs: nowMs });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > bounds.pages && oldest !== undefined) this.#seen.delete(oldest);
    return summary;
  }

  async #look(href: string): Promise<PageSummary | undefined> {
    const { outside, agent, report } = this.#parts;
    try {
      const headers = { accept: 'text/html, application/xhtml+xml', 'user-agent': agent };
      const { status, headers: said, body } = await outside.request(href, { headers });
      const kind = said['content-type'] ?? '';
      if (status !== 200 || !/^(text\/html|application\/xhtml\+xml)\b/i.test(kind)) return undefined;
      return summaryOf(textOf(body, kind), limits);
    } catch (error) {
      // Which page it was is between those in the room.
      const reason = error instanceof OutgoingFault ? error.reason : String(error);
      report('debug', 'a link has no preview', { reason });
      return undefined;
    }
  }
}
