import { type TestPerson, testPassword } from '@confab/chat/testing';
import { TestClient } from '@confab/engine/testing';
import type { CommandName, ListenAnswer, LoggedEvent, LogId, Result } from '@confab/protocol';
import type { HandMovedNode } from './hand-moved-node.ts';

/** How a device leaves: its connection ends, or nothing comes from it any more and the server has to notice. */
export type Leaving = 'closes' | 'falls silent';

/** A device that goes away and comes back, and knows one log as a client does ([L7]). */
export class Traveller {
  person: TestPerson;
  /** What it was told of the log, in the order in which it was. */
  readonly seen: LoggedEvent[] = [];
  readonly #node: HandMovedNode;
  readonly #log: LogId;
  #at: { epoch: number; seq: number } | null = null;
  #client: TestClient | null = null;
  /** Events of this connection that were looked at. */
  #heard = 0;

  constructor(node: HandMovedNode, person: TestPerson, log: LogId) {
    this.#node = node;
    this.person = person;
    this.#log = log;
  }

  leave(how: Leaving): void {
    this.hear();
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    if (how === 'closes') client.session.closed();
    else client.peer.probe = () => undefined;
  }

  /** Connects, signing in where its session has ended, and goes on where it was; the first time at the head. */
  async comeBack(): Promise<void> {
    const client = await this.#connect();
    this.#client = client;
    this.#heard = 0;
    const { logs } = await this.#ask(client, 'log.listen', {
      logs: [{ log: this.#log, level: 'live', ...(this.#at ? { after: this.#at.seq, epoch: this.#at.epoch } : {}) }],
    });
    const [answer] = logs as ListenAnswer[];
    if (answer?.status === 'listening') {
      this.#at ??= { epoch: answer.epoch, seq: answer.seq };
      for (const event of answer.events) this.#apply(event as LoggedEvent);
    } else if (answer?.status === 'behind') await this.#readUpTo(client, answer.seq);
    else throw new Error(`It may not listen: ${JSON.stringify(answer)}`);
    this.hear();
  }

  /** Takes in what came as events. */
  hear(): void {
    const events = this.#client?.peer.events ?? [];
    for (const event of events.slice(this.#heard)) if ('seq' in event && event.log === this.#log) this.#apply(event);
    this.#heard = events.length;
  }

  async #connect(): Promise<TestClient> {
    const client = new TestClient(this.#node.engine, { token: this.person.token });
    client.peer.probe = () => client.session.alive();
    client.hello();
    await this.#node.time.settle();
    const { closedWith } = client.peer;
    if (closedWith === null) return client;
    if (closedWith !== 'session-expired') throw new Error(`It was not let in: ${closedWith}`);
    const { domain } = this.#node;
    const form = { handle: this.person.handle, password: testPassword, deliver: 'token' } as const;
    this.person = domain.personFrom(await domain.do(null, 'account.sign-in', form));
    return this.#connect();
  }

  async #readUpTo(client: TestClient, seq: number): Promise<void> {
    for (let last = this.#at?.seq ?? 0; last < seq; last = this.#at?.seq ?? 0) {
      const page = await this.#ask(client, 'log.read', { log: this.#log, after: last });
      for (const event of page.events) this.#apply(event as LoggedEvent);
      if (this.#at?.seq === last) throw new Error(`There is nothing after ${last} of ${seq}.`);
    }
  }

  async #ask<Name extends CommandName>(client: TestClient, name: Name, params: unknown): Promise<Result<Name>> {
    const id = client.send(name, params);
    await this.#node.time.settle();
    const reply = client.peer.reply(id);
    if (!reply || 'error' in reply) throw new Error(`${name}: ${JSON.stringify(reply)}`);
    return reply.result as Result<Name>;
  }

  #apply(event: LoggedEvent): void {
    if (!this.#at || event.epoch !== this.#at.epoch) throw new Error(`told of epoch ${event.epoch}`);
    if (event.seq <= this.#at.seq) throw new Error(`told ${event.seq} twice, or after ${this.#at.seq}`);
    if (event.seq !== this.#at.seq + 1) throw new Error(`told ${event.seq} after ${this.#at.seq}: a gap`);
    this.#at.seq = event.seq;
    this.seen.push(event);
  }
}
