import type { Params, RoomId, RoomView, UserId } from '@confab/protocol';
import type { DirectsApi } from '../api.ts';
import type { Asker } from '../asker.ts';

interface DirectsParts {
  readonly asker: Asker;
  /** One is in this room and wants to see it. */
  joined(view: RoomView): void;
  /** Nothing in the room is unread any more. */
  markRead(room: RoomId): void;
}

export class Directs implements DirectsApi {
  readonly #parts: DirectsParts;

  constructor(parts: DirectsParts) {
    this.#parts = parts;
  }

  async open(users: readonly UserId[]): Promise<RoomView> {
    return this.#joined(await this.#parts.asker.call('direct.open', { users: [...users] }));
  }

  async add(room: RoomId, users: readonly UserId[], history: Params<'group.add'>['history']): Promise<RoomView> {
    return this.#joined(await this.#parts.asker.call('group.add', { room, users: [...users], history }));
  }

  async close(room: RoomId): Promise<void> {
    this.#parts.markRead(room);
    await this.#parts.asker.call('direct.close', { room });
  }

  #joined({ room }: { room: RoomView }): RoomView {
    this.#parts.joined(room);
    return room;
  }
}
