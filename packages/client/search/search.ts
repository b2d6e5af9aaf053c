import type { Result } from '@confab/protocol';
import type { SearchApi, SearchOptions } from '../api.ts';
import type { Asker } from '../asker.ts';
import type { People } from '../people.ts';
import type { ClientPorts } from '../ports.ts';

/** Looks through what was said, on the server: a device has only a part of it. */
export class Search implements SearchApi {
  readonly #ports: ClientPorts;
  readonly #asker: Asker;
  readonly #people: People;

  constructor(ports: ClientPorts, asker: Asker, people: People) {
    this.#ports = ports;
    this.#asker = asker;
    this.#people = people;
  }

  async messages(text: string, options: SearchOptions = {}): Promise<Result<'search.messages'>> {
    // A day begins when it begins here.
    const utcOffsetMinutes = -new Date(this.#ports.clock.now()).getTimezoneOffset();
    const answer = await this.#asker.call('search.messages', { text, utcOffsetMinutes, ...options });
    this.#people.learn(answer.people);
    return answer;
  }
}
