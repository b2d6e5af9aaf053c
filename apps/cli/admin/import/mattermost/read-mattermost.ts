import type { ExportPerson, ExportRoom, Gathering, ReadExport } from '../export-model.ts';
import { ImportRefused } from '../refused.ts';
import { gatherPost, personGone } from './gather-post.ts';
import { exportLines } from './json-lines.ts';
import type { MattermostChannel, MattermostDirect, MattermostLine, MattermostUser } from './mattermost-shapes.ts';
import { mattermostWords } from './mattermost-words.ts';

type OpenRoom = ExportRoom & { readonly members: string[] };

const channelKey = (team: string, channel: string): string => `${team}/${channel}`;
const directKey = (members: readonly string[]): string => `@${[...members].sort().join(',')}`;

/** What was read so far of a bulk export: https://docs.mattermost.com/onboard/bulk-loading-data-format.html */
class MattermostReading {
  readonly people = new Map<string, ExportPerson>();
  readonly rooms = new Map<string, OpenRoom>();
  readonly #gathering: Gathering;

  constructor(gathering: Gathering) {
    this.#gathering = gathering;
  }

  take(line: MattermostLine): void {
    if (line.channel) this.#channel(line.channel);
    if (line.user) this.#user(line.user);
    if (line.bot?.username) this.#bot(line.bot);
    if (line.direct_channel) this.#direct(membersOf(line.direct_channel), line.direct_channel.header);
    if (line.post) this.#post(channelKey(line.post.team ?? '', line.post.channel ?? ''), line.post);
    if (line.direct_post) {
      const members = line.direct_post.channel_members ?? [];
      this.#direct(members);
      this.#post(directKey(members), line.direct_post);
    }
  }

  #post(room: string, post: NonNullable<MattermostLine['post']>): void {
    if (!this.rooms.has(room)) this.#gathering.leftOut(room, 'unknown-room');
    else gatherPost({ room, people: this.people, gathering: this.#gathering }, post);
  }

  #channel({ team = '', name = '', type, header, purpose, delete_at: deletedAt = 0 }: MattermostChannel): void {
    const key = channelKey(team, name);
    if (name === '' || this.rooms.has(key)) return;
    this.rooms.set(key, {
      key,
      kind: 'channel',
      visibility: type === 'O' ? 'public' : 'private',
      name,
      topic: header || purpose || '',
      createdAt: null,
      createdBy: null,
      members: [],
      archived: deletedAt > 0,
    });
  }

  #user(user: MattermostUser): void {
    const { username = '', nickname, first_name: first = '', last_name: last = '', email = '', roles = '' } = user;
    if (username === '') return;
    this.people.set(username, {
      key: username,
      handle: username,
      name: nickname || `${first} ${last}`.trim() || username,
      email,
      kind: 'person',
      disabled: (user.delete_at ?? 0) > 0,
      guest: roles.split(' ').includes('system_guest'),
    });
    for (const { name: team = '', channels } of user.teams ?? []) {
      for (const { name = '' } of channels ?? []) this.rooms.get(channelKey(team, name))?.members.push(username);
    }
  }

  #bot({ username = '', display_name: name, delete_at: deletedAt = 0 }: NonNullable<MattermostLine['bot']>): void {
    const who = { key: username, handle: username, name: name || username, email: '' };
    this.people.set(username, { ...who, kind: 'bot', disabled: deletedAt > 0, guest: false });
  }

  #direct(members: readonly string[], header = ''): void {
    const key = directKey(members);
    if (members.length === 0 || this.rooms.has(key)) return;
    for (const member of members) if (!this.people.has(member)) this.people.set(member, personGone(member));
    this.rooms.set(key, {
      key,
      kind: members.length > 2 ? 'group' : 'direct',
      visibility: 'private',
      name: '',
      topic: header,
      createdAt: null,
      createdBy: null,
      members: [...new Set(members)],
      archived: false,
    });
  }
}

function membersOf({ members, participants }: MattermostDirect): string[] {
  return members ?? (participants ?? []).flatMap(({ username }) => username ?? []);
}

function parsed(text: string, number: number): MattermostLine {
  try {
    const line: unknown = JSON.parse(number === 1 ? text.replace(/^\uFEFF/, '') : text);
    if (typeof line === 'object' && line !== null) return line;
  } catch {
    // Told below.
  }
  throw new ImportRefused(`Line ${number} of the export is not JSON. Perhaps it was not downloaded to its end.`);
}

/** Reads a bulk export of Mattermost, a line at a time. @throws `ImportRefused` */
export async function readMattermost(
  file: string,
  gathering: Gathering,
  tell: (what: string) => void,
): Promise<ReadExport> {
  const reading = new MattermostReading(gathering);
  let number = 0;
  for await (const text of exportLines(file)) {
    number += 1;
    if (text.trim() === '') continue;
    const line = parsed(text, number);
    if (number === 1 && (line.type !== 'version' || line.version !== 1)) {
      throw new ImportRefused('This is no bulk export of Mattermost: its first line does not say version 1.');
    }
    reading.take(line);
    tell(`line ${number.toLocaleString('en')}`);
  }
  const { people, rooms } = reading;
  return { source: 'mattermost', people, rooms, words: mattermostWords };
}
