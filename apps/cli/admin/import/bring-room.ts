import { limits, type MessageId, type UserId } from '@confab/protocol';
import type { BroughtItem } from '@confab/server';
import type { ExportItem, MessageRef, Names, ReadExport, Words } from './export-model.ts';
import type { PeoplePlan } from './plan-people.ts';
import type { PlannedRoom, RoomPlanParts } from './plan-rooms.ts';
import type { StagedItem } from './staging.ts';

/** Items in one transaction. */
const itemsPerSlice = 500;
const membersPerSlice = 200;

export interface BringParts extends RoomPlanParts {
  readonly read: ReadExport;
  readonly names: Names;
  readonly tellItems: (items: number) => void;
}

/** What came of a room's items, by what they are and what became of them. */
export type Outcomes = Map<string, number>;

function add(outcomes: Outcomes, name: string, count = 1): void {
  if (count > 0) outcomes.set(name, (outcomes.get(name) ?? 0) + count);
}

/** A text that is too long for one message, as several; lines and words stay whole where they can. */
export function pieces(text: string, most: number = limits.messageChars): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf('\n', most);
    const word = rest.lastIndexOf(' ', most);
    const cut = line > most / 2 ? line : word > most / 2 ? word : wholeCharacter(rest, most);
    found.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...found, rest].filter((piece) => piece.trim() !== '');
}

/** Not between the two halves of one character. */
const wholeCharacter = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;

/** Turns what stands in the export into what is to stand here. */
class RoomBringer {
  readonly #parts: BringParts;
  readonly #planned: PlannedRoom;
  readonly #readers: ReadonlySet<UserId>;
  readonly outcomes: Outcomes = new Map();

  constructor(parts: BringParts, planned: PlannedRoom) {
    this.#parts = parts;
    this.#planned = planned;
    this.#readers = readersOf(planned, parts.people);
  }

  #messageId({ key, at, counter }: MessageRef): MessageId {
    const { importing, source } = this.#parts;
    return importing.movedId<MessageId>(source, `${this.#planned.room.key}/${key}`, at, counter);
  }

  #wordsOf(raw: string): Words & { readonly users: UserId[] } {
    const words = this.#parts.read.words(raw, this.#parts.names);
    const users = words.mentions.flatMap((key) => this.#parts.people.byKey.get(key)?.user ?? []);
    const readers = [...new Set(users)].filter((user) => this.#readers.has(user));
    return { ...words, users: readers.slice(0, limits.mentionsPerMessage) };
  }

  itemsOf(staged: readonly StagedItem[]): BroughtItem[] {
    return staged.flatMap(({ key, item }) => {
      const by = this.#parts.people.byKey.get(item.by)?.user;
      if (by !== undefined) return this.#itemsOf(key, item, by);
      add(this.outcomes, `${item.what}:unknown-person`);
      return [];
    });
  }

  #itemsOf(key: string, item: ExportItem, by: UserId): BroughtItem[] {
    if (item.what === 'post') return this.#posts(key, item, by);
    const common = { at: item.at, key, by, message: this.#messageId(item.of) };
    if (item.what === 'pin') return [{ ...common, what: 'pin' }];
    if (item.what === 'reaction') return [{ ...common, what: 'reaction', emoji: item.emoji }];
    const { text, users } = this.#wordsOf(item.text);
    const [first] = pieces(text);
    return first === undefined ? [] : [{ ...common, what: 'edit', text: first, mentions: users }];
  }

  #posts(key: string, item: Extract<ExportItem, { what: 'post' }>, by: UserId): BroughtItem[] {
    const { text, users, mentionsAll } = this.#wordsOf(item.text);
    const texts = pieces(text);
    if (texts.length === 0) add(this.outcomes, 'post:empty');
    return texts.map((piece, index) => {
      const suffix = index === 0 ? '' : `+${index}`;
      return {
        what: 'post',
        at: item.at,
        key: key + suffix,
        by,
        message: this.#messageId({ key: item.key + suffix, at: item.at, counter: item.counter }),
        text: piece,
        ...(item.thread ? { thread: this.#messageId(item.thread) } : {}),
        ...(item.alsoInRoom ? { alsoInRoom: true } : {}),
        ...(index > 0 ? { continues: true } : {}),
        ...(item.style ? { style: item.style } : {}),
        ...(index === 0 && users.length > 0 ? { mentions: users } : {}),
        ...(index === 0 && mentionsAll ? { mentionsAll } : {}),
      };
    });
  }
}

/** Whom a message of the room may name: those who can see it. */
function readersOf({ brought, members }: PlannedRoom, { byKey }: PeoplePlan): ReadonlySet<UserId> {
  const readers = new Set([...members.map(({ user }) => user), ...(brought.people ?? [])]);
  if (brought.visibility !== 'public') return readers;
  for (const { user, person } of byKey.values()) {
    if (person.kind === 'person' && !person.disabled && !person.guest) readers.add(user);
  }
  return readers;
}

/** Brings a room with everything that happened in it. May be asked again after it was broken off anywhere. */
export async function bringRoom(parts: BringParts, planned: PlannedRoom): Promise<Outcomes> {
  const { importing, source, space, staging, now } = parts;
  const { desk } = importing;
  const { brought, members } = planned;
  const { isNew } = await desk.bringRoom({ source, space: space.id, room: brought, now });
  for (let from = 0; isNew && from < members.length; from += membersPerSlice) {
    const some = members.slice(from, from + membersPerSlice);
    await desk.bringMembers({ room: brought.id, members: some, at: brought.createdAt });
  }
  const bringer = new RoomBringer(parts, planned);
  for (const staged of staging.slices(planned.room.key, itemsPerSlice)) {
    const items = bringer.itemsOf(staged);
    const done = await desk.bringItems({ room: brought.id, items, now });
    for (const [name, count] of Object.entries(done.outcomes)) add(bringer.outcomes, name, count);
    add(bringer.outcomes, 'post:rootless', done.rootless);
    parts.tellItems(staged.length);
  }
  for (let after: string | null = ''; after !== null; ) {
    after = (await desk.finishRoom({ room: brought, after, now })).after;
  }
  return bringer.outcomes;
}
