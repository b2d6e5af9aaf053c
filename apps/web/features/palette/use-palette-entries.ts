import { othersIn, type RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { Person, UserId } from '@confab/protocol';
import { useMemo } from 'react';
import { roomRoute } from '../../app/route.ts';
import { sentence, t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { argumentsHint } from '../commands/arguments-hint.ts';
import { COMMANDS } from '../commands/command-table.ts';
import { isMuted } from '../mentions/is-muted.ts';
import { recentRooms } from '../rooms/recent-rooms.ts';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { settingsParts, settingsTitles } from '../settings/settings-titles.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { needlesOf, type PaletteActions, type PaletteEntry } from './palette-entry.ts';
import { places } from './places.ts';

interface PaletteEntries {
  /** Before anything is typed. */
  readonly groups: readonly { title: string; entries: readonly PaletteEntry[] }[];
  readonly all: readonly PaletteEntry[];
}

const create = sentence('Create a room');
const createAlso = sentence('new channel make');

const mostRecent = 6;
const mostUnread = 8;

/** Everything that the palette can find. Made anew when rooms or people change, not with every key. */
export function usePaletteEntries(here: RoomState | undefined): PaletteEntries {
  const rooms = useRoomEntries();
  const people = usePeopleEntries();
  const rest = usePlaceEntries(here !== undefined);
  const commands = useMemo(() => commandEntries(here), [here]);
  const { me } = useSignedIn();
  return useMemo(() => {
    const byRoom = new Map(rooms.map((entry) => [entry.key, entry]));
    const recent = recentRooms
      .read(me.id)
      .flatMap((room) => byRoom.get(room) ?? [])
      .filter(({ key }) => key !== here?.info.id)
      .slice(0, mostRecent);
    const unread = rooms
      .filter((entry) => (entry.unread ?? 0) > 0 && entry.key !== here?.info.id && !recent.includes(entry))
      .slice(0, mostUnread);
    const groups = [
      { title: t('Recent'), entries: recent },
      { title: t('Unread'), entries: unread },
      { title: t('Go to'), entries: rest },
    ];
    return {
      groups: groups.filter(({ entries }) => entries.length > 0),
      all: [...rooms, ...people, ...rest, ...commands],
    };
  }, [rooms, people, rest, commands, me.id, here?.info.id]);
}

function useRoomEntries(): PaletteEntry[] {
  const rooms = useStore(useConfab().rooms.list);
  const known = useStore(useConfab().people.known);
  const titleOf = useTitleOf();
  const { spaces } = useCurrentSpace();
  const { me } = useSignedIn();
  return useMemo(() => {
    const recent = new Map(recentRooms.read(me.id).map((room, index) => [room, index]));
    const now = Date.now();
    return rooms.map((room): PaletteEntry => {
      const { info, unread } = room;
      const title = titleOf(info);
      const space = spaces.length > 1 ? spaces.find(({ id }) => id === info.space)?.name : undefined;
      const detail = info.archivedAt === null ? space : t('Archived');
      const handles = info.kind === 'direct' ? othersIn(info, me.id).map((user) => known.get(user)?.handle ?? '') : [];
      const wanted = info.archivedAt === null && unread > 0 && !isMuted(room, now);
      return {
        key: info.id,
        kind: 'room',
        title,
        ...(detail === undefined ? {} : { detail }),
        unread: wanted ? unread : 0,
        lead: { room: info },
        needles: needlesOf(title, ...handles),
        weight: info.archivedAt === null ? weightOf(recent.get(info.id)) + (wanted ? 1 : 0) : -40,
        to: roomRoute(info.id),
      };
    });
  }, [rooms, known, titleOf, spaces, me.id]);
}

/** The last rooms first, from 8 downwards. */
const weightOf = (place: number | undefined) => (place === undefined ? 2 : 8 - Math.min(5, place / 2));

/** People whom one has no direct with: those are found as the direct. */
function usePeopleEntries(): PaletteEntry[] {
  const known = useStore(useConfab().people.known);
  const rooms = useStore(useConfab().rooms.list);
  const { me } = useSignedIn();
  return useMemo(() => {
    const met = new Set<UserId>(rooms.flatMap(({ info }) => (info.kind === 'direct' ? othersIn(info, me.id) : [])));
    const wanted = ({ id, bot, disabled }: Person) => id !== me.id && !bot && !disabled && !met.has(id);
    return [...known.values()].filter(wanted).map(
      (person): PaletteEntry => ({
        key: person.id,
        kind: 'person',
        title: person.name,
        detail: `@${person.handle}`,
        lead: { person },
        needles: needlesOf(person.name, person.handle),
        weight: 2,
        run: ({ openDirect }) => openDirect([person.id]),
      }),
    );
  }, [known, rooms, me.id]);
}

function usePlaceEntries(inRoom: boolean): PaletteEntry[] {
  const { space } = useCurrentSpace();
  return useMemo(() => {
    const fixed = places
      .filter(({ to }) => space !== null || (to?.page !== 'browse' && to?.page !== 'space'))
      .filter(({ asks }) => asks === undefined || inRoom)
      .map(
        ({ title, also, to, opens, asks }): PaletteEntry => ({
          key: `place ${title}`,
          kind: 'place',
          title: t(title),
          needles: needlesOf(t(title), t(also), title, also),
          weight: 1,
          ...(to === undefined ? {} : { to }),
          ...(opens === undefined ? {} : { run: ({ open }: PaletteActions) => open(opens) }),
          ...(asks === undefined ? {} : { run: ({ ask }: PaletteActions) => ask(asks) }),
        }),
      );
    for (const part of settingsParts) {
      const title = settingsTitles[part];
      const needles = needlesOf(t(title), title);
      const to = { page: 'settings', part } as const;
      fixed.push({
        key: `settings ${part}`,
        kind: 'place',
        title: t(title),
        detail: t('Settings'),
        needles,
        weight: 0.5,
        to,
      });
    }
    if (space === null || space.role === 'guest') return fixed;
    const createRoom: PaletteEntry = {
      key: 'create-room',
      kind: 'place',
      title: t(create),
      needles: needlesOf(t(create), t(createAlso), create, createAlso),
      weight: 1,
      run: ({ open }) => open({ kind: 'create-room', space: space.id }),
    };
    return [...fixed, createRoom];
  }, [space, inRoom]);
}

function commandEntries(here: RoomState | undefined): PaletteEntry[] {
  return COMMANDS.filter((command) => command.fits?.(here) !== false).map((command): PaletteEntry => {
    const { name, title } = command;
    // What may be left out too: without it some take something away.
    const asks = command.arguments.length > 0;
    return {
      key: `command ${name}`,
      kind: 'command',
      title: t(title),
      detail: `/${name} ${argumentsHint(command)}`.trim(),
      needles: needlesOf(name, t(title), title),
      weight: 0,
      ...(asks ? { fill: `/${name} ` } : { run: ({ command: does }: PaletteActions) => does(`/${name}`) }),
    };
  });
}
