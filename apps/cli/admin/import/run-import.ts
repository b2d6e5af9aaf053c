import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Importing, SpaceToFill } from '@confab/server';
import { bringRoom, type Outcomes } from './bring-room.ts';
import type { ReadExport } from './export-model.ts';
import { writeLinks } from './links-file.ts';
import { namesOf } from './names.ts';
import { type PeoplePlan, personToBring, planPeople } from './plan-people.ts';
import { type PlannedRoom, planRooms, type RoomPlanParts } from './plan-rooms.ts';
import { ImportRefused } from './refused.ts';
import { type ImportReport, type RoomReport, reportLines } from './report.ts';
import type { Staging } from './staging.ts';

export interface ImportOptions {
  readonly program: string;
  /** The name or id of a space; absent: the oldest. */
  readonly into?: string;
  readonly dryRun: boolean;
  /** The folder for the report and the links. */
  readonly folder: string;
  /** What links begin with. */
  readonly publicUrl: string;
  readonly now: number;
  readonly tell: (what: string) => void;
}

const peoplePerSlice = 100;

async function spaceOf({ desk }: Importing, into: string | undefined): Promise<SpaceToFill> {
  const spaces = await desk.spaces();
  const found = into === undefined ? spaces : spaces.filter(({ id, name }) => id === into || name === into);
  const [space] = found;
  if (spaces.length === 0)
    throw new ImportRefused('There is no space yet. Start the server and make the first account.');
  if (space === undefined) {
    throw new ImportRefused(`There is no space ${into}. There are: ${spaces.map(({ name }) => name).join(', ')}.`);
  }
  if (into !== undefined && found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new ImportRefused(`Several spaces are called ${into}. Name one by its id: ${ids}.`);
  }
  return space;
}

function requireRoom({ mostRooms }: Importing, space: SpaceToFill, rooms: readonly PlannedRoom[]): void {
  const coming = rooms.filter(({ brought, mark }) => brought.kind === 'channel' && mark === null).length;
  if (space.rooms + coming <= mostRooms) return;
  throw new ImportRefused(
    `${space.name} has ${space.rooms} rooms, and ${coming} would come; a space can have ${mostRooms}. Make another space, and bring them there with --into.`,
  );
}

async function bringPeople(parts: RoomPlanParts, { folder, publicUrl }: ImportOptions): Promise<void> {
  const { importing, source, space, people, now } = parts;
  const all = [...people.byKey.values()].filter(({ how, needsLink }) => how !== 'here' || needsLink);
  for (let from = 0; from < all.length; from += peoplePerSlice) {
    const some = all.slice(from, from + peoplePerSlice).map((planned) => personToBring(planned, parts));
    const links = some.flatMap(({ link }) => link ?? []);
    writeLinks(join(folder, 'links.csv'), publicUrl, links);
    const brought = some.map((person) => person.brought);
    await importing.desk.bringPeople({ source, space: space.id, owner: space.owner, people: brought, now });
  }
}

function roomReport(planned: PlannedRoom, staging: Staging, outcomes: Outcomes): RoomReport {
  const { room, brought, mark, title } = planned;
  const counts = staging.countsOf(room.key);
  const leftOut = staging.leftOutOf(room.key);
  const lines = ['system-line', 'empty', 'unreadable', 'doubled', 'deleted-there', 'unknown-author'] as const;
  const leftOutLines = lines.reduce((total, reason) => total + (leftOut.get(reason) ?? 0), 0);
  return {
    room: title,
    key: room.key,
    name: brought.name,
    kind: brought.kind,
    isNew: mark === null,
    found: {
      messages: (counts.get('post') ?? 0) + leftOutLines,
      edits: counts.get('edit') ?? 0,
      reactions: counts.get('reaction') ?? 0,
      pins: counts.get('pin') ?? 0,
    },
    outcomes: Object.fromEntries(outcomes),
    leftOut: Object.fromEntries(leftOut),
  };
}

/** What would come of a room's items, as far as it can be told without bringing them. */
function expected({ room, mark }: PlannedRoom, staging: Staging): Outcomes {
  const all = staging.countsOf(room.key);
  const next = mark === null ? all : staging.countsOf(room.key, mark);
  const outcomes: Outcomes = new Map();
  for (const [what, count] of all) {
    const coming = next.get(what) ?? 0;
    if (coming > 0) outcomes.set(`${what}:brought`, coming);
    if (count > coming) outcomes.set(`${what}:already`, count - coming);
  }
  return outcomes;
}

function peopleReport({ byKey }: PeoplePlan): ImportReport['people'] {
  return [...byKey.values()].map(({ person, handle, how }) => {
    const { key, name, kind, disabled } = person;
    return { key, name, handle, how, kind, disabled };
  });
}

function unknownRooms(staging: Staging, rooms: readonly PlannedRoom[]): Record<string, number> {
  const known = new Set(rooms.map(({ room }) => room.key));
  const unknown = staging.roomsLeftOut().filter((room) => !known.has(room));
  return Object.fromEntries(unknown.map((room) => [room, staging.leftOutOf(room).get('unknown-room') ?? 0]));
}

/** Brings an export that was read, or tells what that would do. */
export async function runImport(
  importing: Importing,
  read: ReadExport,
  staging: Staging,
  options: ImportOptions,
): Promise<{ report: ImportReport; lines: readonly string[] }> {
  const { program, dryRun, folder, now, tell } = options;
  const space = await spaceOf(importing, options.into);
  const source = `${read.source}:${space.id}`;
  const people = await planPeople({ importing, source, now }, read.people.values());
  const parts: RoomPlanParts = { importing, source, program, space, people, staging, now };
  const rooms = await planRooms(parts, read.rooms.values());
  requireRoom(importing, space, rooms);
  mkdirSync(folder, { recursive: true });
  if (!dryRun) await bringPeople(parts, options);
  const names = namesOf(people, rooms);
  const reports: RoomReport[] = [];
  for (const planned of rooms) {
    let items = 0;
    const tellItems = (more: number) => {
      items += more;
      tell(`Bringing ${planned.title}: ${items.toLocaleString('en')}`);
    };
    const outcomes = dryRun
      ? expected(planned, staging)
      : await bringRoom({ ...parts, read, names, tellItems }, planned);
    reports.push(roomReport(planned, staging, outcomes));
  }
  const unknown = unknownRooms(staging, rooms);
  const report: ImportReport = {
    program,
    space: space.name,
    dryRun,
    people: peopleReport(people),
    rooms: reports,
    unknownRooms: unknown,
  };
  const lines = reportLines(report);
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'report.txt'), `${lines.join('\n')}\n`, { mode: 0o600 });
  return { report, lines };
}
