import { limits, type SpaceId, spaceLog } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let sam: TestPerson;
let space: SpaceId;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  sam = await test.addPerson('sam');
});
afterAll(() => test.close());

const make = (handle: string, ...people: TestPerson[]) => ({
  ...{ space, handle, name: 'A crew' },
  people: people.map(({ user }) => user),
});
const list = async () => (await test.do(mia, 'people-group.list', { space })).groups;

describe('groups of people', () => {
  it('are made, renamed, filled and ended, each told to the space', async () => {
    const { group } = await test.do(owner, 'people-group.create', make('crew', mia));
    expect(group).toMatchObject({ handle: 'crew', name: 'A crew', people: [mia.user] });
    const id = group.id;
    await test.do(owner, 'people-group.rename', { space, group: id, handle: 'deck', name: 'Deck' });
    await test.do(owner, 'people-group.set-people', { space, group: id, people: [owner.user, mia.user] });
    expect(await list()).toEqual([{ id, space, handle: 'deck', name: 'Deck', people: [owner.user, mia.user].sort() }]);
    await test.do(owner, 'people-group.delete', { space, group: id });
    expect(await list()).toEqual([]);
    const events = (await test.events(spaceLog(space))).map(({ event }) => event);
    expect(events.filter((event) => event.includes('group'))).toEqual([
      'space.people-group-changed',
      'space.people-group-changed',
      'space.people-group-changed',
      'space.people-group-removed',
    ]);
  });

  it('[N6] have a handle that names nobody else', async () => {
    for (const handle of ['mia', 'here', 'channel']) {
      expect(await test.refusal(owner, 'people-group.create', make(handle))).toBe('handle-taken');
    }
    await test.do(owner, 'people-group.create', make('twice'));
    expect(await test.refusal(owner, 'people-group.create', make('twice'))).toBe('handle-taken');
  });

  it('are of people of the space, who leave them with it', async () => {
    expect(await test.refusal(owner, 'people-group.create', make('ours', sam))).toBe('invalid-params');
    const eve = await test.addPerson('eve', { space, role: 'member' });
    await test.do(owner, 'people-group.create', make('leaving', eve, mia));
    await test.do(owner, 'space.remove-member', { space, user: eve.user });
    expect((await list()).find(({ handle }) => handle === 'leaving')?.people).toEqual([mia.user]);
  });

  it('are at most so many', async () => {
    const before = (await list()).length;
    for (let made = before; made < limits.peopleGroupsPerSpace; made += 1) {
      await test.do(owner, 'people-group.create', make(`many-${made}`));
    }
    expect(await test.refusal(owner, 'people-group.create', make('one-more'))).toBe('limit-reached');
  });
});
