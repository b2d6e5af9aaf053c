import type { ClientId, Message, MessageId, RoomId } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

/** What one room's members have unread, told by the server, against a recount of the room's messages. */
const step = fc.record({
  what: fc.constantFrom('post', 'post', 'reply', 'shown-reply', 'edit', 'delete', 'read', 'mark-unread', 'rejoin'),
  who: fc.nat(1),
  place: fc.nat(15),
  text: fc.constantFrom('hello', '@mia', '@owner', '@room', '@crew and @mia'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class World {
  readonly test: TestChat;
  readonly people: readonly TestPerson[];
  readonly room: RoomId;
  #sends = 0;

  constructor(test: TestChat, people: readonly TestPerson[], room: RoomId) {
    this.test = test;
    this.people = people;
    this.room = room;
  }

  async messages(): Promise<Message[]> {
    const [owner] = this.people;
    if (owner === undefined) throw new Error('There is nobody.');
    const { room } = this;
    const page = await this.test.do(owner, 'message.list', { room, limit: 100 });
    const threads = page.messages.filter(({ replies }) => replies).map(({ id }) => id);
    const replies: Message[] = [];
    for (const thread of threads) {
      replies.push(...(await this.test.do(owner, 'message.list', { room, thread, limit: 100 })).messages);
    }
    return [...new Map([...page.messages, ...replies].map((message) => [message.id, message])).values()];
  }

  async run({ what, who, place, text }: Step): Promise<void> {
    const { test, room } = this;
    const asker = this.people[who];
    if (asker === undefined) return;
    const messages = await this.messages();
    const message = messages[place % Math.max(1, messages.length)];
    const seq = 1 + place;
    if (what === 'post') await this.#post(asker, text);
    else if (what === 'read') await test.do(asker, 'room.mark-read', { room, seq });
    else if (what === 'mark-unread') await test.do(asker, 'room.mark-unread', { room, seq });
    else if (what === 'rejoin') {
      await test.do(asker, 'room.leave', { room });
      await test.do(asker, 'room.join', { room });
    } else if (message === undefined || message.deletedAt !== null) return;
    else if (what === 'reply') await this.#post(asker, text, { thread: message.id });
    else if (what === 'shown-reply') await this.#post(asker, text, { thread: message.id, alsoInRoom: true });
    else {
      const author = this.people.find(({ user }) => user === message.author) ?? asker;
      if (what === 'edit') await test.do(author, 'message.edit', { message: message.id, text });
      else await test.do(author, 'message.delete', { message: message.id });
    }
  }

  async #post(asker: TestPerson, text: string, more: { thread?: MessageId; alsoInRoom?: true } = {}): Promise<void> {
    this.#sends += 1;
    const clientId = `send-${this.#sends}` as ClientId;
    await this.test.do(asker, 'message.post', { room: this.room, clientId, text, ...more });
  }

  async check(crew: readonly TestPerson[]): Promise<void> {
    const messages = await this.messages();
    for (const person of this.people) {
      const { position, membership } = (await this.test.do(person, 'room.show', { room: this.room })).room;
      if (membership === null) throw new Error('They are in the room.');
      const after = messages.filter(({ seq, deletedAt }) => seq > membership.readSeq && deletedAt === null);
      const isIn = crew.includes(person);
      const isMention = ({ author, mentions, mentionedGroups, mentionsAll }: Message) =>
        author !== person.user &&
        (mentions?.includes(person.user) || mentionsAll !== undefined || (isIn && mentionedGroups !== undefined));
      const shown = after.filter(({ thread, alsoInRoom }) => thread === undefined || alsoInRoom === true);
      expect(position.count - membership.readCount).toBe(shown.length);
      expect(membership.mentions).toEqual(
        after
          .filter(isMention)
          .map(({ seq }) => seq)
          .sort((a, b) => a - b),
      );
    }
  }
}

describe('what is unread', () => {
  it('[L12] is what a recount finds, after whatever happened', async () => {
    const test = await createTestChat();
    const { owner, space } = await test.found();
    const mia = await test.addPerson('mia', { space, role: 'member' });
    await test.do(owner, 'people-group.create', { space, handle: 'crew', name: 'Crew', people: [mia.user] });
    let rooms = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        rooms += 1;
        const made = await test.do(owner, 'room.create', { space, name: `room-${rooms}`, visibility: 'public' });
        const room = made.room.info.id;
        await test.do(mia, 'room.join', { room });
        const world = new World(test, [owner, mia], room);
        for (const each of steps) await world.run(each);
        await world.check([mia]);
      }),
      { numRuns: 25 },
    );
    await test.close();
  });
});
