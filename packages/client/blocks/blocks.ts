import type { Block, Home, LoggedEvent, UserId } from '@confab/protocol';
import type { BlocksApi } from '../api.ts';
import type { Asker } from '../asker.ts';
import { Cell } from '../store.ts';

const nobody: ReadonlySet<UserId> = new Set();

/** Whom the person blocks, on all of their devices. */
export class Blocks implements BlocksApi {
  readonly users = new Cell<ReadonlySet<UserId>>(nobody);
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async add(user: UserId): Promise<void> {
    await this.#asker.call('block.add', { user });
    this.#set(user, true);
  }

  async remove(user: UserId): Promise<void> {
    await this.#asker.call('block.remove', { user });
    this.#set(user, false);
  }

  async list(): Promise<Block[]> {
    return (await this.#asker.call('block.list', {})).blocks;
  }

  entered(home: Home): void {
    this.users.set(new Set(home.blocked));
  }

  left(): void {
    this.users.set(nobody);
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.block-added') this.#set(event.data.user, true);
    else if (event.event === 'inbox.block-removed') this.#set(event.data.user, false);
  }

  #set(user: UserId, blocked: boolean): void {
    const before = this.users.get();
    if (before.has(user) === blocked) return;
    const after = new Set(before);
    if (blocked) after.add(user);
    else after.delete(user);
    this.users.set(after);
  }
}
