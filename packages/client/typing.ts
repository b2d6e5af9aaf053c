import type { LogId, RoomId, UserId } from '@confab/protocol';
import { parseLogId } from '@confab/protocol/ids.ts';
import type { Store } from './api.ts';
import type { Asker } from './asker.ts';
import { times } from './bounds.ts';
import type { ClientPorts } from './ports.ts';
import { Cells } from './store.ts';

const nobody: readonly UserId[] = [];

/** Who types where ([E2]): others' typing lapses by itself; one's own is told at most every few seconds. */
export class Typing {
  readonly #ports: ClientPorts;
  readonly #asker: Asker;
  readonly #cells = new Cells<RoomId, readonly UserId[]>(() => nobody);
  /** How to cancel the lapse, by room and person. */
  readonly #lapses = new Map<RoomId, Map<UserId, () => void>>();
  readonly #toldAt = new Map<RoomId, number>();

  constructor(ports: ClientPorts, asker: Asker) {
    this.#ports = ports;
    this.#asker = asker;
  }

  store(room: RoomId): Store<readonly UserId[]> {
    return this.#cells.cell(room);
  }

  set(room: RoomId, typing: boolean): void {
    const toldAt = this.#toldAt.get(room);
    if (!typing) {
      if (toldAt === undefined) return;
      this.#toldAt.delete(room);
      this.#asker.tell('typing.set', { room, typing: false });
      return;
    }
    const now = this.#ports.clock.monotonic();
    if (!this.#asker.online || (toldAt !== undefined && now - toldAt < times.typingEveryMs)) return;
    this.#toldAt.set(room, now);
    this.#asker.tell('typing.set', { room, typing: true });
  }

  heard(log: LogId, user: UserId, typing: boolean, me: UserId | null): void {
    if (user === me) return;
    const room = parseLogId(log).id as RoomId;
    const lapses = this.#lapses.get(room) ?? new Map<UserId, () => void>();
    this.#lapses.set(room, lapses);
    lapses.get(user)?.();
    if (typing)
      lapses.set(
        user,
        this.#ports.after(times.typingLapseMs, () => this.stopped(room, user)),
      );
    else lapses.delete(user);
    this.#show(room);
  }

  /** The person's message is there, or nothing was heard of their typing for a while. */
  stopped(room: RoomId, user: UserId): void {
    const lapses = this.#lapses.get(room);
    const cancel = lapses?.get(user);
    if (cancel === undefined) return;
    cancel();
    lapses?.delete(user);
    this.#show(room);
  }

  /** The room is no longer on screen: its typing is not told any more. */
  leave(room: RoomId): void {
    for (const cancel of this.#lapses.get(room)?.values() ?? []) cancel();
    this.#lapses.delete(room);
    this.#cells.set(room, nobody);
  }

  clear(): void {
    for (const room of [...this.#lapses.keys()]) this.leave(room);
    this.#toldAt.clear();
  }

  #show(room: RoomId): void {
    const users = [...(this.#lapses.get(room)?.keys() ?? [])];
    this.#cells.cell(room).set(users.length === 0 ? nobody : users);
  }
}
