import { inboxLog, limits, type RoomId, type SectionId, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let people = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
});
afterAll(() => test.close());
beforeEach(async () => {
  people += 1;
  mia = await test.addPerson(`mia-${people}`, { space, role: 'member' });
});

const create = async (name: string) => (await test.do(mia, 'section.create', { space, name })).section.id;
const home = () => test.do(mia, 'account.home', {});
const names = async () => (await home()).sections.map(({ name }) => name);
const place = (section: SectionId | null, favourite: boolean, room = general) =>
  test.do(mia, 'section.place', { room, section, favourite });
const told = async () =>
  (await test.events(inboxLog(mia.user))).filter(({ event }) => /section|placed/.test(event)).map(({ event }) => event);

describe('sections', () => {
  it('[Z1] are one’s own, in the order that one puts them in', async () => {
    const [work, fun, rest] = [await create(' Work\n'), await create('Fun'), await create('Rest')];
    expect(await names()).toEqual(['Work', 'Fun', 'Rest']);
    await test.do(mia, 'section.move', { section: rest, before: work });
    await test.do(mia, 'section.move', { section: work, before: null });
    expect(await names()).toEqual(['Rest', 'Fun', 'Work']);
    await test.do(mia, 'section.rename', { section: fun, name: 'Play' });
    await test.do(mia, 'section.fold', { section: fun, collapsed: true });
    expect((await home()).sections[1]).toEqual({ id: fun, space, name: 'Play', collapsed: true });
    expect((await test.do(owner, 'account.home', {})).sections).toEqual([]);
    expect(await test.refusal(owner, 'section.delete', { section: fun })).toBe('not-found');
  });

  it('tell one’s devices of what changed, and of nothing else', async () => {
    const work = await create('Work');
    for (let times = 0; times < 2; times += 1) {
      await test.do(mia, 'section.fold', { section: work, collapsed: true });
      await place(work, true);
    }
    expect(await told()).toEqual(['inbox.sections-changed', 'inbox.sections-changed', 'inbox.room-placed']);
  });

  it('[Z2] go without the rooms in them; those on top stay there', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: `extra-${people}`, visibility: 'public' });
    await test.do(mia, 'room.join', { room: room.info.id });
    const work = await create('Work');
    await place(work, true);
    await place(work, false, room.info.id);
    expect((await home()).places).toHaveLength(2);
    await test.do(mia, 'section.delete', { section: work });
    const { sections, places } = await home();
    expect(sections).toEqual([]);
    expect(places).toEqual([{ room: general, favourite: true }]);
  });

  it('[Z2] keep a place for a room that one leaves and comes back to', async () => {
    const work = await create('Work');
    await place(work, false);
    await test.do(mia, 'room.leave', { room: general });
    await test.do(mia, 'room.join', { room: general });
    expect((await home()).places).toEqual([{ room: general, section: work }]);
  });

  it('take no room of another space, and any direct', async () => {
    const theirs = (await test.do(owner, 'space.create', { name: 'Other' })).space;
    const { room } = await test.do(owner, 'room.create', { space: theirs.id, name: 'far', visibility: 'public' });
    const { section } = await test.do(owner, 'section.create', { space, name: 'Here' });
    const into = { section: section.id, favourite: false };
    expect(await test.refusal(owner, 'section.place', { room: room.info.id, ...into })).toBe('not-found');
    const { room: direct } = await test.do(owner, 'direct.open', { users: [mia.user] });
    await test.do(owner, 'section.place', { room: direct.info.id, ...into });
    expect((await test.do(owner, 'account.home', {})).places).toEqual([{ room: direct.info.id, section: section.id }]);
  });

  it('have names that can be seen, and are no more than anybody needs', async () => {
    expect(await test.refusal(mia, 'section.create', { space, name: ' \n' })).toBe('invalid-params');
    for (let count = 0; count < limits.sectionsPerPerson; count += 1) await create(`section ${count}`);
    expect(await test.refusal(mia, 'section.create', { space, name: 'one more' })).toBe('limit-reached');
  });
});
