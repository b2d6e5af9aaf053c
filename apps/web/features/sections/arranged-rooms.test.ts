import type { RoomState } from '@confab/client';
import type { RoomId, Section, SectionId, SpaceId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { arrangeRooms, type ListView } from './arranged-rooms.ts';

const space = 'here' as SpaceId;
const section = (id: string, more: Partial<Section> = {}): Section => ({
  id: id as SectionId,
  space,
  name: id,
  collapsed: false,
  ...more,
});
const room = (id: string, more: object = {}, unread = 0) =>
  ({
    info: { id, name: id, space, kind: 'channel', visibility: 'public', archivedAt: null, ...more },
    unread,
    closed: false,
    membership: { notify: 'default', mutedUntil: null },
  }) as unknown as RoomState;
const direct = (id: string, unread = 0) => room(id, { space: null, kind: 'direct', visibility: 'private' }, unread);

const view = (more: Partial<ListView> = {}): ListView => ({
  space,
  arrangement: { sections: [], places: new Map() },
  order: 'name',
  shown: 'all',
  folded: new Set(['archived']),
  here: null,
  now: 1_000,
  titleOf: ({ name }) => name,
  ...more,
});
const arrangement = (sections: Section[], places: Record<string, { section?: string; favourite?: true }>) => ({
  sections,
  places: new Map(
    Object.entries(places).map(([id, place]) => [id as RoomId, { room: id as RoomId, ...place } as never]),
  ),
});
const drawn = (rooms: RoomState[], how: Partial<ListView> = {}) =>
  arrangeRooms(rooms, view(how)).map(({ key, rooms: shown }) => [key, ...shown.map(({ info }) => info.id)].join(' '));

describe('the room list', () => {
  const rooms = [
    room('b'),
    room('a'),
    room('secret', { visibility: 'private' }),
    room('old', { archivedAt: 5 }),
    room('elsewhere', { space: 'there' }),
    direct('mo'),
  ];

  it('has favourites on top, then one’s own sections in their order, then the rest', () => {
    const own = arrangement([section('work'), section('fun'), section('theirs', { space: 'there' as SpaceId })], {
      b: { favourite: true },
      a: { section: 'fun' },
      mo: { section: 'work' },
    });
    expect(drawn(rooms, { arrangement: own })).toEqual([
      'favourites b',
      'work mo',
      'fun a',
      'private secret',
      'directs',
      'archived',
    ]);
  });

  it('lists a room whose section is gone, or of another space, with the others of its kind', () => {
    const own = arrangement([section('theirs', { space: 'there' as SpaceId })], {
      a: { section: 'gone' },
      mo: { section: 'theirs' },
    });
    expect(drawn(rooms, { arrangement: own })).toEqual(['public a b', 'private secret', 'directs mo', 'archived']);
  });

  it('shows of a folded section only what is unread and the room that is open', () => {
    const own = arrangement([section('work', { collapsed: true })], {
      a: { section: 'work' },
      b: { section: 'work' },
      c: { section: 'work' },
    });
    const some = [room('a'), room('b', {}, 2), room('c')];
    expect(drawn(some, { arrangement: own, here: 'c' as RoomId })).toEqual(['work b c', 'directs']);
  });

  it('puts unread rooms first where one wants that, or shows no others', () => {
    const some = [room('a'), room('b', {}, 1), room('c'), direct('mo', 3)];
    expect(drawn(some, { order: 'unread-first' })).toEqual(['public b a c', 'directs mo']);
    expect(drawn(some, { shown: 'unread', here: 'c' as RoomId })).toEqual(['public b c', 'directs mo']);
  });

  it('leaves everything where it was while one points at it', () => {
    const still = new Map([
      ['b', 0],
      ['a', 1],
    ] as [RoomId, number][]);
    const some = [room('a', {}, 4), room('b'), room('c', {}, 1)];
    expect(drawn(some, { order: 'unread-first', still })).toEqual(['public b a c', 'directs']);
    expect(drawn(some, { shown: 'unread', still })).toEqual(['public b a c', 'directs']);
  });
});
