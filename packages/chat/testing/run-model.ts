import {
  type ClientId,
  type ErrorCode,
  limits,
  type Message,
  type Params,
  type RoomId,
  roomLog,
  type SpaceId,
} from '@confab/protocol';
import fc from 'fast-check';
import { type ModelStep, modelStep, type StepOf } from './model-steps.ts';
import { type ModelMessage, RoomModel } from './room-model.ts';
import { TestChat, type TestPerson } from './test-chat.ts';

/** Worlds are left before their rooms, one per sequence, are too many for a space. */
const sequencesPerWorld = 400;

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
  const inWorld = fc.asyncProperty(
    fc.array(modelStep, { minLength: 1, maxLength: maxSteps, size: 'max' }),
    async (sequence) => {
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
    },
  );
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

  async take(step: ModelStep): Promise<void> {
    this.#test.nowMs += 1;
    const [test, model, room, who] = [this.#test, this.#model, this.#room, this.#person(step.who)];
    switch (step.do) {
      case 'post':
        return this.#post(step);
      case 'edit':
      case 'delete':
      case 'react':
      case 'follow':
      case 'unfollow':
      case 'read-thread':
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
    await this.#compareLog();
    await this.#compareMessages();
    const model = this.#model;
    for (const [index, person] of this.#people.entries()) {
      const { room } = await this.#test.do(person, 'room.show', { room: this.#room });
      const { readSeq, readCount } = room.membership ?? {};
      const cursor = model.cursor(index);
      same({ readSeq, readCount }, { readSeq: cursor?.readSeq, readCount: cursor?.readCount }, 'a read position');
      same([room.info.name, room.info.archivedAt !== null], [model.name, model.archived], 'the room');
      const position = { epoch: 1, seq: model.head, count: model.countAt(model.head) };
      same([room.memberCount, room.position], [model.members.size, position], 'the figures');
    }
  }

  async #compareLog(): Promise<void> {
    const model = this.#model;
    const events = await this.#test.events(roomLog(this.#room));
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
      else if (about) same(told, about.post.text, 'the text of a post');
    }
  }

  async #compareMessages(): Promise<void> {
    const [test, model, owner] = [this.#test, this.#model, this.#person(0)];
    const page = { room: this.#room, limit: limits.messagesPerPage };
    const shown = (messages: readonly ModelMessage[]) => messages.map((message) => expectedOf(model, message));
    const timeline = await test.do(owner, 'message.list', page);
    same(timeline.messages.map(seenOf), shown(model.messages.filter(({ inRoom }) => inRoom)), 'the timeline');
    for (const message of model.messages) {
      const replies = model.repliesTo(message);
      if (replies.length > 0) {
        const thread = await test.do(owner, 'message.list', { ...page, thread: message.id });
        same(thread.messages.map(seenOf), shown(replies), 'a thread');
        same(thread.root ? seenOf(thread.root) : null, expectedOf(model, message), 'the head of a thread');
        for (const [index, person] of this.#people.entries()) {
          const {
            following,
            readIndex,
            replies: count,
          } = await test.do(person, 'thread.show', { message: message.id });
          same({ following, readIndex, replies: count }, model.standing(index, message), 'how one stands to a thread');
        }
      }
      if (!message.edited) continue;
      const { versions } = await test.do(owner, 'message.history', { message: message.id });
      const texts = message.deleted ? [] : [...message.earlier, message.text];
      same(
        versions.map((version) => version.text),
        texts,
        'what a message said before',
      );
    }
  }

  async #post({ who, clientId, text, times, thread, alsoInRoom, quote }: StepOf<'post'>): Promise<void> {
    const named = { thread: this.#named(thread), quote: this.#named(quote) };
    const post = { clientId, text, alsoInRoom, ...named };
    const params = {
      ...{ room: this.#room, clientId: clientId as ClientId, text },
      ...(named.thread ? { thread: named.thread.id } : {}),
      ...(alsoInRoom ? { alsoInRoom: true as const } : {}),
      ...(named.quote ? { quote: named.quote.id } : {}),
    };
    const asked = Array.from({ length: times }, () =>
      this.#test.chat.execute(this.#person(who).actor, 'message.post', params),
    );
    for (const outcome of await Promise.all(asked)) {
      const expected = this.#model.expectPost(who, post);
      const code = 'error' in outcome ? outcome.error.code : undefined;
      if (typeof expected === 'string') {
        same(code, expected, 'a post');
        continue;
      }
      if ('error' in outcome) throw new Error(`A post was refused: ${code}`);
      const { id, seq } = outcome.result as { id: ModelMessage['id']; seq: number };
      same(seq, expected?.seq ?? this.#model.head + 1, 'the seq of a post');
      if (expected) same(id, expected.id, 'the id of a repeated post');
      else this.#model.posted(who, post, id);
    }
  }

  async #change(step: StepOf<ChangeName>): Promise<void> {
    const about = this.#named(step.which);
    if (!about) return;
    const change = changes[step.do] as Change<ChangeName>;
    const [command, rest] = change.command(step);
    const params = { message: about.id, ...rest } as Params<typeof command>;
    same(
      await this.#test.refusal(this.#person(step.who), command, params),
      change.model(this.#model, step, about),
      step,
    );
  }

  async #read({ who, seq }: StepOf<'read'>): Promise<void> {
    const outcome = await this.#test.chat.execute(this.#person(who).actor, 'room.mark-read', { room: this.#room, seq });
    const expected = this.#model.read(who, seq);
    if ('error' in outcome || typeof expected === 'string') {
      same('error' in outcome ? outcome.error.code : null, expected, 'a read');
      return;
    }
    const { readSeq, readCount } = outcome.result as { readSeq: number; readCount: number };
    same({ readSeq, readCount }, expected, 'a read');
  }

  #named(which: number | null): ModelMessage | null {
    const { messages } = this.#model;
    return which === null ? null : (messages[which % Math.max(1, messages.length)] ?? null);
  }

  #person(who: number): TestPerson {
    const person = this.#people[who];
    if (!person) throw new Error('There is no such person.');
    return person;
  }
}

type ChangeName = 'edit' | 'delete' | 'react' | 'follow' | 'unfollow' | 'read-thread';
type ChangeCommand =
  | `message.${'edit' | 'delete'}`
  | `reaction.${'add' | 'remove'}`
  | `thread.${'follow' | 'unfollow' | 'mark-read'}`;

interface Change<Name extends ChangeName> {
  /** What is asked of the chat, besides the message. */
  command(step: StepOf<Name>): [name: ChangeCommand, rest: object];
  model(model: RoomModel, step: StepOf<Name>, about: ModelMessage): ErrorCode | undefined;
}

/** What is done to a message, really and in the model. */
const changes: { readonly [Name in ChangeName]: Change<Name> } = {
  edit: {
    command: ({ text }) => ['message.edit', { text }],
    model: (model, { who, text }, about) => model.edit(who, about, text),
  },
  delete: { command: () => ['message.delete', {}], model: (model, { who }, about) => model.delete(who, about) },
  react: {
    command: ({ on, emoji }) => [on ? 'reaction.add' : 'reaction.remove', { emoji }],
    model: (model, { who, emoji, on }, about) => model.react(who, about, emoji, on),
  },
  follow: { command: () => ['thread.follow', {}], model: (model, { who }, about) => model.follow(who, about, true) },
  unfollow: {
    command: () => ['thread.unfollow', {}],
    model: (model, { who }, about) => model.follow(who, about, false),
  },
  'read-thread': {
    command: ({ index }) => ['thread.mark-read', { index }],
    model: (model, { who, index }, about) => model.readThread(who, about, index),
  },
};

const seenOf = (message: Message) => ({
  ...{ id: message.id, seq: message.seq, author: message.author, text: message.text },
  ...{ edited: message.editedAt !== null, deleted: message.deletedAt !== null },
  ...{ thread: message.thread ?? null, quote: message.quote ?? null, replies: message.replies?.count ?? 0 },
  reactions: (message.reactions ?? []).map(({ emoji, users }) => ({ emoji, users })),
});

const expectedOf = (model: RoomModel, message: ModelMessage) => ({
  ...{ id: message.id, seq: message.seq, author: model.people[message.author], text: message.text },
  ...{ edited: message.edited, deleted: message.deleted, thread: message.root?.id ?? null },
  quote: message.deleted ? null : (message.post.quote?.id ?? null),
  replies: model.repliesTo(message).length,
  reactions: message.reactions.map(({ emoji, people }) => ({ emoji, users: people.map((who) => model.people[who]) })),
});

function same(actual: unknown, expected: unknown, what: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${JSON.stringify(what)} diverges: ${left}, expected ${right}`);
}
