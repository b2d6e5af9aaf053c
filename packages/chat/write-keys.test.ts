import type { ClientId, MessageId, RoomId, SpaceId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Database, DatabaseUnavailable } from '@confab/storage';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from './testing/index.ts';

const rounds = 10;

let test: TestChat;
let owner: TestPerson;
let space: SpaceId;
let room: RoomId;
let hold = Promise.resolve();
let lookUps = 0;
async function open(): Promise<void> {
  hold = Promise.resolve();
  lookUps = 0;
  const others = new Set<Promise<unknown>>();
  // Looking up a message's room takes as long as a test wants it to. Of two keys the database may answer the later
  // first: here the room's answers come after all others that were asked for meanwhile.
  const slow = (database: Database): Database => ({
    async read<T>(script: string, input: unknown): Promise<T> {
      if (script !== 'messages.room-of') return database.read<T>(script, input);
      lookUps += 1;
      await hold;
      return database.read<T>(script, input);
    },
    async write<T>(script: string, input: unknown, key?: string): Promise<T> {
      const answer = database.write<T>(script, input, key);
      if (key === room) {
        await answer;
        await Promise.allSettled(others);
        return answer;
      }
      others.add(answer);
      return answer.finally(() => others.delete(answer));
    },
    close: () => database.close(),
  });
  test = await createTestChat({ wrap: slow });
  ({ owner, space, general: room } = await test.found());
}
afterEach(() => test.close());

const post = (who: TestPerson, text: string) =>
  test.do(who, 'message.post', { room, clientId: text.replaceAll(' ', '-') as ClientId, text });
const edit = (who: TestPerson, message: MessageId, text: string) => test.do(who, 'message.edit', { message, text });
const told = () =>
  test.published.flatMap(({ events }) => events.flatMap(({ log, seq }) => (log === roomLog(room) ? [seq] : [])));

describe('what people do in one room at once', () => {
  it('[L1] is published in the order of its commits: posts, edits and deletes of several people', async () => {
    await open();
    const people = [owner];
    for (const handle of ['ada', 'ben', 'cyd']) people.push(await test.addPerson(handle, { space, role: 'member' }));
    const own = await Promise.all(people.map(async (who) => ({ who, message: (await post(who, who.handle)).id })));
    const before = told().length;
    const work = own.flatMap(({ who, message }) =>
      Array.from({ length: rounds }, (_, round) => [
        post(who, `${who.handle} says ${round}`),
        edit(who, message, `${who.handle} means ${round}`),
      ]).flat(),
    );
    const deleted = own.map(({ who, message }) => test.do(who, 'message.delete', { message }));
    await Promise.all([...work, ...deleted]);
    const seqs = told().slice(before);
    expect(seqs).toHaveLength(people.length * (2 * rounds + 1));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });
});

describe('[C2] a command that names a message', () => {
  it('takes effect before what its asker sent after it, however long the room is looked up', async () => {
    await open();
    const { id } = await post(owner, 'first');
    let go = () => {};
    hold = new Promise((resolve) => (go = resolve));
    const done = [edit(owner, id, 'edited'), post(owner, 'second'), edit(owner, id, 'again'), post(owner, 'third')];
    const ada = await test.addPerson('ada', { space, role: 'member' });
    // Nobody else waits.
    await post(ada, 'meanwhile');
    expect(lookUps).toBe(2);
    go();
    await Promise.all(done);
    const events = await test.events(roomLog(room));
    const texts = events.flatMap(({ data }) => ('text' in data ? [data.text] : []));
    expect(texts).toEqual(['first', 'meanwhile', 'edited', 'second', 'again', 'third']);
  });

  it('is refused when the room cannot be looked up, and what came after it goes on', async () => {
    await open();
    const { id } = await post(owner, 'first');
    hold = Promise.reject(new DatabaseUnavailable('away'));
    hold.catch(() => undefined);
    const refused = test.refusal(owner, 'message.edit', { message: id, text: 'edited' });
    const posted = post(owner, 'second');
    expect(await refused).toBe('storage-unavailable');
    expect((await posted).seq).toBeGreaterThan(0);
  });

  it('is refused as ever when there is no such message', async () => {
    await open();
    const message = `${room}` as MessageId;
    expect(await test.refusal(owner, 'message.edit', { message, text: 'x' })).toBe('not-found');
    expect(await test.refusal(owner, 'message.delete', { message })).toBe('not-found');
  });
});
