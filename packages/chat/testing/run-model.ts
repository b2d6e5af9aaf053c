import { type ClientId, limits, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import fc from 'fast-check';
import { type ModelMessage, RoomModel } from './room-model.ts';
import { TestChat, type TestPerson } from './test-chat.ts';

/** Worlds are left before their rooms, one per sequence, are too many for a space. */
const sequencesPerWorld = 400;

type Step =
  | {
      readonly do: 'post';
      readonly who: number;
      readonly clientId: string;
      readonly text: string;
      readonly times: number;
    }
  | { readonly do: 'edit'; readonly who: number; readonly which: number; readonly text: string }
  | { readonly do: 'delete'; readonly who: number; readonly which: number }
  | { readonly do: 'join' | 'leave'; readonly who: number }
  | { readonly do: 'read'; readonly who: number; readonly seq: number }
  | { readonly do: 'rename'; readonly who: number; readonly name: string }
  | { readonly do: 'archive' | 'unarchive'; readonly who: number };

const who = fc.nat(2);
const which = fc.nat(20);
const text = fc.constantFrom('one', 'two', 'three');
const post = fc.record({
  do: fc.constant('post' as const),
  who,
  clientId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  text,
  /** The same send several times at once, as a client does that is not sure. */
  times: fc.integer({ min: 1, max: 3 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: post },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), who, which, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const), who, seq: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), who, name: fc.constantFrom('x', 'y') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('archive' as const, 'unarchive' as const), who: fc.nat(1) }),
  },
);

export interface ModelFigures {
  readonly sequences: number;
  readonly steps: number;
}

export interface ModelOptions {
  /** How many random sequences; each is in a room of its own. */
  readonly sequences: number;
  /** The same seed gives the same sequences. */
  readonly seed: number;
  readonly maxSteps?: number;
}

/**
 * Bar 14: random sequences of what people do in a room, against the model. Rejects with the shortest sequence that
 * diverges, and its seed.
 */
export async function runModel({ sequences, seed, maxSteps = 30 }: ModelOptions): Promise<ModelFigures> {
  let world: World | undefined;
  let left = 0;
  let steps = 0;
  const inWorld = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: maxSteps }), async (sequence) => {
    if (left === 0 || !world) {
      await world?.test.close();
      world = await World.open();
      left = sequencesPerWorld;
    }
    left -= 1;
    steps += sequence.length;
    const run = await world.startSequence();
    for (const each of sequence) await run.take(each);
    await run.compare();
  });
  try {
    await fc.assert(inWorld, { numRuns: sequences, seed });
  } finally {
    await world?.test.close();
  }
  return { sequences, steps };
}

class World {
  readonly test: TestChat;
  readonly space: SpaceId;
  readonly people: readonly TestPerson[];
  #rooms = 0;

  private constructor(test: TestChat, space: SpaceId, people: readonly TestPerson[]) {
    this.test = test;
    this.space = space;
    this.people = people;
  }

  static async open(): Promise<World> {
    const test = await TestChat.open();
    const { owner, space } = await test.found();
    const ben = await test.addPerson('ben', { space, role: 'member' });
    const cy = await test.addPerson('cy', { space, role: 'member' });
    return new World(test, space, [owner, ben, cy]);
  }

  async startSequence(): Promise<Sequence> {
    this.#rooms += 1;
    const [owner] = this.people;
    if (!owner) throw new Error('The world has no owner.');
    const name = `room-${this.#rooms}`;
    const params = { space: this.space, name, visibility: 'public' } as const;
    const { room } = await this.test.do(owner, 'room.create', params);
    const model = new RoomModel(
      this.people.map((person) => person.user),
      name,
    );
    model.events.push({ event: 'room.created', by: owner.user });
    model.join(0);
    return new Sequence(this.test, this.people, room.info.id, model);
  }
}

/** One room, really and in the model. */
class Sequence {
  readonly #test: TestChat;
  readonly #people: readonly TestPerson[];
  readonly #room: RoomId;
  readonly #model: RoomModel;

  constructor(test: TestChat, people: readonly TestPerson[], room: RoomId, model: RoomModel) {
    this.#test = test;
    this.#people = people;
    this.#room = room;
    this.#model = model;
  }

  async take(step: Step): Promise<void> {
    this.#test.nowMs += 1;
    const [test, model, room, who] = [this.#test, this.#model, this.#room, this.#person(step.who)];
    switch (step.do) {
      case 'post':
        return this.#post(step);
      case 'edit':
      case 'delete':
        return this.#change(step);
      case 'join':
        return same(await test.refusal(who, 'room.join', { room }), model.join(step.who), step);
      case 'leave':
        return same(await test.refusal(who, 'room.leave', { room }), model.leave(step.who), step);
      case 'read':
        return this.#read(step);
      case 'rename': {
        const name = `${step.name}-${room}`;
        return same(await test.refusal(who, 'room.rename', { room, name }), model.rename(step.who, name), step);
      }
      case 'archive':
        return same(await test.refusal(who, 'room.archive', { room }), model.setArchived(step.who, true), step);
      case 'unarchive':
        return same(await test.refusal(who, 'room.unarchive', { room }), model.setArchived(step.who, false), step);
    }
  }

  /** Everything that can be seen of the room is as the model says. */
  async compare(): Promise<void> {
    const [test, model, owner] = [this.#test, this.#model, this.#person(0)];
    const events = await test.events(roomLog(this.#room));
    same(
      events.map(({ event, by, seq }) => ({ event, by, seq })),
      model.events.map(({ event, by }, index) => ({ event, by, seq: index + 1 })),
      'the log',
    );
    for (const [index, { about, data }] of model.events.entries()) {
      // [L13]: of a deleted message, no event has its text.
      const { text: told } = (events[index]?.data ?? {}) as { text?: string };
      if (about?.deleted) same(told ?? '', '', 'the text of a deleted message');
      else if (about && data) same(told, (data as { text: string }).text, 'the text of an edit');
      else if (about) same(told, about.firstText, 'the text of a post');
    }
    const page = await test.do(owner, 'message.list', { room: this.#room, limit: limits.messagesPerPage });
    same(page.messages.map(seenOf), model.messages.map(expectedOf(model)), 'the timeline');
    for (const [index, person] of this.#people.entries()) {
      const { room } = await test.do(person, 'room.show', { room: this.#room });
      const member = model.members.get(index);
      const { readSeq, readCount } = room.membership ?? {};
      same({ readSeq, readCount }, { readSeq: member?.readSeq, readCount: member?.readCount }, 'a read position');
      same([room.info.name, room.info.archivedAt !== null], [model.name, model.archived], 'the room');
      const position = { epoch: 1, seq: model.head, count: model.countAt(model.head) };
      same([room.memberCount, room.position], [model.members.size, position], 'the figures');
    }
  }

  async #post({ who, clientId, text, times }: Step & { do: 'post' }): Promise<void> {
    const params = { room: this.#room, clientId: clientId as ClientId, text };
    const asked = Array.from({ length: times }, () =>
      this.#test.chat.execute(this.#person(who).actor, 'message.post', params),
    );
    for (const outcome of await Promise.all(asked)) {
      const expected = this.#model.expectPost(who, clientId, text);
      const code = 'error' in outcome ? outcome.error.code : undefined;
      if (typeof expected === 'string') {
        same(code, expected, 'a post');
        continue;
      }
      if ('error' in outcome) throw new Error(`A post was refused: ${code}`);
      const { id, seq } = outcome.result as { id: ModelMessage['id']; seq: number };
      same(seq, expected?.seq ?? this.#model.head + 1, 'the seq of a post');
      if (expected) same(id, expected.id, 'the id of a repeated post');
      else this.#model.posted(who, clientId, text, id);
    }
  }

  async #change(step: Step & { do: 'edit' | 'delete' }): Promise<void> {
    const message = this.#model.messages[step.which % Math.max(1, this.#model.messages.length)];
    if (!message) return;
    const who = this.#person(step.who);
    if (step.do === 'edit') {
      const params = { message: message.id, text: step.text };
      const code = await this.#test.refusal(who, 'message.edit', params);
      same(code, this.#model.edit(step.who, message, step.text), step);
      return;
    }
    const code = await this.#test.refusal(who, 'message.delete', { message: message.id });
    same(code, this.#model.delete(step.who, message), step);
  }

  async #read({ who, seq }: Step & { do: 'read' }): Promise<void> {
    const outcome = await this.#test.chat.execute(this.#person(who).actor, 'room.mark-read', { room: this.#room, seq });
    const expected = this.#model.read(who, seq);
    same('error' in outcome ? outcome.error.code : outcome.result, expected, 'a read');
  }

  #person(who: number): TestPerson {
    const person = this.#people[who];
    if (!person) throw new Error('There is no such person.');
    return person;
  }
}

const seenOf = (message: {
  id: string;
  seq: number;
  author: string;
  text: string;
  editedAt: number | null;
  deletedAt: number | null;
}) => ({
  id: message.id,
  seq: message.seq,
  author: message.author,
  text: message.text,
  edited: message.editedAt !== null,
  deleted: message.deletedAt !== null,
});

const expectedOf = (model: RoomModel) => (message: ModelMessage) => ({
  id: message.id,
  seq: message.seq,
  author: model.people[message.author],
  text: message.text,
  edited: message.edited,
  deleted: message.deleted,
});

function same(actual: unknown, expected: unknown, what: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${JSON.stringify(what)} diverges: ${left}, expected ${right}`);
}
