import type { ExportPerson, ExportRoom, Gathering, Names, ReadExport } from '../export-model.ts';
import { ImportRefused } from '../refused.ts';
import { ZippedExport } from '../zip-file.ts';
import { gatherMessage } from './gather-message.ts';
import { personOfMessage, personOfUser } from './slack-people.ts';
import type { SlackRoom, SlackUser } from './slack-shapes.ts';
import { refOf } from './slack-time.ts';
import { slackWords } from './slack-words.ts';

type RoomSort = Pick<ExportRoom, 'kind' | 'visibility'>;

/** The lists of rooms, and what the rooms of each are. Which lists there are depends on the kind of export. */
const lists: Readonly<Record<string, RoomSort>> = {
  'channels.json': { kind: 'channel', visibility: 'public' },
  'groups.json': { kind: 'channel', visibility: 'private' },
  'mpims.json': { kind: 'group', visibility: 'private' },
  'dms.json': { kind: 'direct', visibility: 'private' },
};

interface Found {
  readonly room: ExportRoom;
  readonly folder: string;
  readonly pins: NonNullable<SlackRoom['pins']>;
}

const rowsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Exports that were packed anew stand in a folder of their own. */
function prefixOf(names: readonly string[]): string {
  const list = names.find(
    (name) => /^(?:[^/]+\/)?(?:users|org_users)\.json$/.test(name) && !name.startsWith('__MACOSX'),
  );
  if (list === undefined) {
    throw new ImportRefused('This is no export of Slack: it has no users.json. Give the zip as Slack made it.');
  }
  return list.slice(0, list.lastIndexOf('/') + 1);
}

/** Topics are read before it is known how people and rooms are called here: they keep the names that stand in them. */
const nobodyKnown: Names = {
  handleOf: () => undefined,
  personCalled: () => undefined,
  roomName: () => undefined,
  roomCalled: () => undefined,
};

function roomOf(row: SlackRoom, sort: RoomSort): Found | undefined {
  if (!row.id) return undefined;
  const isPeople = sort.kind !== 'channel';
  return {
    folder: sort.kind === 'direct' ? row.id : row.name || row.id,
    pins: row.pins ?? [],
    room: {
      key: row.id,
      ...sort,
      name: isPeople ? '' : row.name || row.id,
      topic: isPeople ? '' : slackWords(row.topic?.value || row.purpose?.value || '', nobodyKnown).text,
      createdAt: row.created ? row.created * 1_000 : null,
      createdBy: row.creator || null,
      members: [...new Set(row.members ?? [])],
      archived: row.is_archived === true,
    },
  };
}

async function readPeople(zip: ZippedExport, prefix: string) {
  const people = new Map<string, ExportPerson>();
  let team = '';
  for (const list of ['users.json', 'org_users.json']) {
    if (!zip.names.includes(prefix + list)) continue;
    for (const row of rowsOf(await zip.json(prefix + list)) as SlackUser[]) {
      if (!row?.id) continue;
      team ||= row.team_id ?? '';
      if (!people.has(row.id)) people.set(row.id, personOfUser(row, row.id));
    }
  }
  return { people, team };
}

async function readRooms(zip: ZippedExport, prefix: string): Promise<Found[]> {
  const rooms = new Map<string, Found>();
  for (const [list, sort] of Object.entries(lists)) {
    if (!zip.names.includes(prefix + list)) continue;
    for (const row of rowsOf(await zip.json(prefix + list)) as SlackRoom[]) {
      const found = row ? roomOf(row, sort) : undefined;
      if (found && !rooms.has(found.room.key)) rooms.set(found.room.key, found);
    }
  }
  return [...rooms.values()];
}

/** The files of days by the folder that they stand in, in the order of days. */
function daysByFolder(names: readonly string[], prefix: string): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const name of names.filter((each) => each.startsWith(prefix)).sort()) {
    const [, folder] = /^([^/]+)\/\d{4}-\d{2}-\d{2}\.json$/.exec(name.slice(prefix.length)) ?? [];
    if (folder === undefined) continue;
    days.set(folder, [...(days.get(folder) ?? []), name]);
  }
  return days;
}

function gatherPins({ room, pins }: Found, people: ReadonlyMap<string, ExportPerson>, gathering: Gathering): void {
  for (const { id, created = 0, user = '' } of pins) {
    const of = refOf(id);
    // A file can be pinned, too.
    if (of === undefined) gathering.leftOut(room.key, 'file');
    else if (!people.has(user)) gathering.leftOut(room.key, 'unknown-person');
    else gathering.item(room.key, { what: 'pin', at: Math.max(created * 1_000, of.at), by: user, of });
  }
}

/** Reads an export of Slack, a day of a room at a time. @throws `ImportRefused` */
export async function readSlack(file: string, gathering: Gathering, tell: (what: string) => void): Promise<ReadExport> {
  const zip = await ZippedExport.open(file);
  try {
    const prefix = prefixOf(zip.names);
    const { people, team } = await readPeople(zip, prefix);
    const found = await readRooms(zip, prefix);
    // People of other companies, whom no list names.
    for (const key of found.flatMap(({ room }) => (room.kind === 'channel' ? [] : room.members))) {
      if (!people.has(key)) people.set(key, personOfMessage({ user: key }, key));
    }
    const days = daysByFolder(zip.names, prefix);
    for (const each of found) {
      const { key: room, name } = each.room;
      tell(name || room);
      const folder = days.has(each.folder) ? each.folder : room;
      for (const day of days.get(folder) ?? []) {
        for (const message of rowsOf(await zip.json(day))) gatherMessage({ room, people, gathering }, message);
      }
      days.delete(folder);
      gatherPins(each, people, gathering);
    }
    for (const [folder, files] of days) gathering.leftOut(folder, 'unknown-room', files.length);
    const rooms = new Map(found.map(({ room }) => [room.key, room]));
    return { source: `slack:${team}`, people, rooms, words: slackWords };
  } finally {
    zip.close();
  }
}
