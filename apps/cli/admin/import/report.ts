import type { LeftOut } from './export-model.ts';

export interface RoomReport {
  readonly room: string;
  readonly key: string;
  /** Its name here; empty for directs. */
  readonly name: string;
  readonly kind: string;
  readonly isNew: boolean;
  /** By what it is. `message` counts all that the export has, also what is left out. */
  readonly found: {
    readonly messages: number;
    readonly edits: number;
    readonly reactions: number;
    readonly pins: number;
  };
  /** What came of them: `post:brought`, `post:already`, `reaction:no-message` and so on. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What is not brought, by why. */
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

export interface PersonReport {
  readonly key: string;
  readonly name: string;
  readonly handle: string;
  readonly how: 'here' | 'matched' | 'new';
  readonly kind: 'person' | 'bot';
  readonly disabled: boolean;
}

export interface ImportReport {
  readonly program: string;
  readonly space: string;
  readonly dryRun: boolean;
  readonly people: readonly PersonReport[];
  readonly rooms: readonly RoomReport[];
  /** Folders and rooms that hold messages and that no list names. */
  readonly unknownRooms: Readonly<Record<string, number>>;
}

const count = (number: number): string => number.toLocaleString('en');

/** Why something is not here, in words. */
const reasons: Readonly<Record<string, string>> = {
  'system-line': 'lines that the program wrote by itself (somebody came, a topic was set)',
  empty: 'messages without any text',
  unreadable: 'entries that are not as the format describes them',
  doubled: 'messages that stand in the export twice',
  'deleted-there': 'messages that were deleted there',
  'unknown-emoji': 'reactions with emoji that only the old place had',
  'unknown-person': 'reactions, pins or messages of people whom the export does not name',
  'unknown-author': 'messages of which the export does not say who wrote them',
  'unknown-room': 'files of rooms that no list of the export names',
  file: 'files, which are not brought; their names stand in the messages',
  'post:older': 'messages that are older than what was brought before, and were not among it',
  'post:unknown-person': 'messages of people whom the export does not name',
  'post:empty': 'messages of which no text was left',
  'post:rootless': 'replies whose first message is not in the export; they stand in the room',
  'piece:brought': 'further messages that came of long ones',
  'reaction:no-message': 'reactions to messages that are not here',
  'reaction:too-many': 'reactions beyond the most on one message',
  'reaction:already': 'reactions that were here already',
  'edit:no-message': 'changes of messages that are not here',
  'edit:already': 'changes that were here already',
  'pin:no-message': 'pins of messages that are not here',
  'pin:too-many': 'pins beyond the most of one room',
  'pin:already': 'pins that were here already',
};

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
}

const sum = (counts: Readonly<Record<string, number>>, ...names: readonly string[]): number =>
  names.reduce((total, name) => total + (counts[name] ?? 0), 0);

/** Messages that are not brought and were not here: with those that were it makes all that the export has. */
const leftOutMessages = ({ outcomes, leftOut }: RoomReport): number =>
  sum(outcomes, 'post:older', 'post:unknown-person', 'post:empty') +
  sum(
    leftOut as Record<string, number>,
    'system-line',
    'empty',
    'unreadable',
    'doubled',
    'deleted-there',
    'unknown-author',
  );

function rowOf(report: RoomReport): string[] {
  const { room, found, outcomes, leftOut } = report;
  return [
    room.length > 50 ? `${room.slice(0, 49)}…` : room,
    ...[found.messages, sum(outcomes, 'post:brought'), sum(outcomes, 'post:already'), leftOutMessages(report)].map(
      count,
    ),
    ...[sum(outcomes, 'reaction:brought'), sum(outcomes, 'pin:brought'), leftOut.file ?? 0].map(count),
  ];
}

function allReasons({ rooms, unknownRooms }: ImportReport): Map<string, number> {
  const all = new Map<string, number>();
  const add = (counts: Readonly<Record<string, number>>) => {
    for (const [name, number] of Object.entries(counts)) {
      if (reasons[name] !== undefined && number > 0) all.set(name, (all.get(name) ?? 0) + number);
    }
  };
  for (const { outcomes, leftOut } of rooms) {
    add(outcomes);
    add(leftOut as Record<string, number>);
  }
  add({ 'unknown-room': Object.values(unknownRooms).reduce((total, files) => total + files, 0) });
  return all;
}

/** The report as a person reads it: people, a row for each room, and why something is not here. */
export function reportLines(report: ImportReport): string[] {
  const { people, rooms, dryRun, program, space } = report;
  const by = (how: PersonReport['how']) => people.filter((person) => person.how === how).length;
  const headings = [
    'Room',
    'In the export',
    dryRun ? 'To bring' : 'Brought',
    'Already here',
    'Left out',
    'Reactions',
    'Pins',
    'Files',
  ];
  const reasonRows = [...allReasons(report)].map(([name, number]) => `  ${count(number)} ${reasons[name]}`);
  return [
    dryRun ? `What would come from ${program} into ${space}; nothing is changed.` : `From ${program} into ${space}.`,
    '',
    `People: ${count(by('new'))} new accounts, ${count(by('matched'))} with an account of the same handle, ${count(by('here'))} brought before.`,
    ...people.filter(({ how }) => how === 'matched').map(({ name, handle }) => `  ${name} is @${handle} here.`),
    '',
    ...table([headings, ...rooms.map(rowOf)]),
    ...(reasonRows.length > 0 ? ['', 'Not brought, or not as it was:', ...reasonRows] : []),
  ];
}
