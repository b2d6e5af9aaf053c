import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const [here, there] = [await onlineDevice(server, ada), await onlineDevice(server, ada)];
  const other = await onlineDevice(server, ben);
  const message = await other.confab.polls.create(room.info.id, null, 'Which?', { options: ['one', 'two'] }, 'send');
  const timeline = here.confab.rooms.timeline(room.info.id);
  timeline.open();
  await settled();
  const shown = () => {
    const [item] = timeline.get().items.filter((each) => each.kind === 'message');
    return item?.kind === 'message' ? item.message.poll : undefined;
  };
  return { server, ada, ben, room, message, here, there, other, shown };
}

describe('polls', () => {
  it('[U2] stand with their messages, with how the vote stands', async () => {
    const { here, other, message, shown, ada, ben } = await setUp();
    expect(shown()).toMatchObject({ options: ['one', 'two'], voters: 0 });
    await other.confab.polls.vote(message, [1]);
    await here.confab.polls.vote(message, [1]);
    await settled();
    expect(shown()).toMatchObject({ voters: 2, tally: [{ count: 0 }, { count: 2, users: [ben, ada] }] });
    expect((await here.confab.polls.voters(message, 1)).users).toEqual([ben, ada]);
    await other.confab.polls.close(message);
    await settled();
    expect(shown()?.closedAt).toBeDefined();
  });

  it('[U3] say what one voted for, on all of one’s devices and to nobody else', async () => {
    const { here, there, other, message } = await setUp();
    const [own, elsewhere, others] = [here, there, other].map(({ confab }) => confab.polls.own(message));
    expect(own?.get()).toBeUndefined();
    await settled();
    expect(own?.get()).toEqual([]);
    const vote = here.confab.polls.vote(message, [0]);
    expect(own?.get()).toEqual([0]);
    await vote;
    await settled();
    expect([elsewhere?.get(), others?.get()]).toEqual([[0], []]);
    await there.confab.polls.retract(message);
    await settled();
    expect(own?.get()).toEqual([]);
  });

  it('take a vote back that is refused', async () => {
    const { here, other, message } = await setUp();
    const own = here.confab.polls.own(message);
    await here.confab.polls.vote(message, [0]);
    await other.confab.polls.close(message);
    await expect(here.confab.polls.vote(message, [1])).rejects.toMatchObject({ code: 'poll-closed' });
    expect(own.get()).toEqual([0]);
  });
});
