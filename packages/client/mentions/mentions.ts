import type { MessageId, Result } from '@confab/protocol';
import type { MentionsApi, Unreachable } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { People } from '../people.ts';
import { guarded } from '../store.ts';

/** What mentions one, wherever that is; and whom one's own mentions do not reach. */
export class Mentions implements MentionsApi {
  readonly #asker: Asker;
  readonly #people: People;
  readonly #listeners = new Set<(unreachable: Unreachable) => void>();

  constructor(asker: Asker, people: People) {
    this.#asker = asker;
    this.#people = people;
  }

  async list(before?: MessageId): Promise<Result<'mention.list'>> {
    const page = await this.#asker.call('mention.list', before === undefined ? {} : { before });
    this.#people.learn(page.people);
    return page;
  }

  onUnreachable(listener: (unreachable: Unreachable) => void): () => void {
    const entry = (unreachable: Unreachable) => listener(unreachable);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** A message was posted that names people who may not see its room. */
  notReached(unreachable: Unreachable): void {
    for (const listener of [...this.#listeners]) guarded(() => listener(unreachable));
  }
}
