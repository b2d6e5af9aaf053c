import { hash } from 'node:crypto';
import type { ClientId, FileId, FileKind, MessageId, Params, RoomId, SpaceId } from '@confab/protocol';
import { Refusal } from '@confab/protocol';
import { createTestChat, type TestChat, type TestPerson } from '../../testing/index.ts';
import type { FileSource, MadePreview } from '../index.ts';

const kinds: readonly (readonly [ending: string, kind: FileKind, type: string])[] = [
  ['.png', 'picture', 'image/png'],
  ['.webm', 'video', 'video/webm'],
  ['.mp3', 'sound', 'audio/mpeg'],
  ['.pdf', 'pdf', 'application/pdf'],
  ['.txt', 'text', 'text/plain'],
  ['.zip', 'archive', 'application/zip'],
];

/** The hash of some content, as base64url. */
export const hashOf = (content: string): string => hash('sha256', content, 'base64url');

export const made = (content: string, width = 320): MadePreview => ({
  width,
  type: 'image/webp',
  blob: hashOf(content),
  size: 5,
});

/** A domain whose files are nowhere: a file's content is said by the test, its kind by the end of its name. */
export class FileWorld {
  readonly test: TestChat;
  readonly owner: TestPerson;
  readonly mia: TestPerson;
  readonly space: SpaceId;
  readonly room: RoomId;
  /** What has arrived of each file; of others nothing has. */
  readonly arrived: Map<string, string>;
  #sends = 0;

  private constructor(world: Pick<FileWorld, 'test' | 'owner' | 'mia' | 'space' | 'room' | 'arrived'>) {
    this.test = world.test;
    this.owner = world.owner;
    this.mia = world.mia;
    this.space = world.space;
    this.room = world.room;
    this.arrived = world.arrived;
  }

  static async open(files: Partial<FileSource> = {}): Promise<FileWorld> {
    const arrived = new Map<string, string>();
    const settle: FileSource['settle'] = async ({ id, name, size }) => {
      const content = arrived.get(id);
      if (content === undefined) throw new Refusal('file-incomplete');
      const [, kind, type] = kinds.find(([ending]) => name.endsWith(ending)) ?? ['', 'other', 'application/x-other'];
      const hasMore = kind === 'picture' || kind === 'archive';
      return { blob: hashOf(content), size, kind: kind as FileKind, type, details: {}, hasMore };
    };
    const test = await createTestChat({ files: { settle, ...files } });
    const { owner, space, general: room } = await test.found();
    const mia = await test.addPerson('mia', { space, role: 'member' });
    return new FileWorld({ test, owner, mia, space, room, arrived });
  }

  /** A file on its way. */
  async begin(who: TestPerson, more: Partial<Params<'file.begin'>> = {}): Promise<FileId> {
    this.test.nowMs += 1;
    return (await this.test.do(who, 'file.begin', { room: this.room, name: 'one.png', size: 10, ...more })).file;
  }

  /** A file that waits to be posted. Without `content` it is one of its own. */
  async send(who: TestPerson, more: Partial<Params<'file.begin'>> & { content?: string } = {}): Promise<FileId> {
    const { content, ...params } = more;
    const file = await this.begin(who, params);
    this.arrived.set(file, content ?? file);
    await this.test.do(who, 'file.complete', { file });
    return file;
  }

  async post(
    who: TestPerson,
    files: readonly FileId[],
    more: Partial<Params<'message.post'>> = {},
  ): Promise<MessageId> {
    return (await this.test.do(who, 'message.post', this.postOf(files, more))).id;
  }

  postOf(files: readonly FileId[], more: Partial<Params<'message.post'>> = {}): Params<'message.post'> {
    this.#sends += 1;
    this.test.nowMs += 1;
    const clientId = `send-${this.#sends}` as ClientId;
    return { room: this.room, clientId, text: '', ...(files.length > 0 ? { files: [...files] } : {}), ...more };
  }

  /** Someone else of the space, in the room. */
  async addPerson(handle: string): Promise<TestPerson> {
    return this.test.addPerson(handle, { space: this.space, role: 'member' });
  }

  async filesOf(message: MessageId) {
    return (await this.test.do(this.owner, 'message.show', { message })).message.files ?? [];
  }

  /** Ends all jobs of a kind with what comes of them outside. */
  async work(kind: string, outcome: (subject: string) => unknown): Promise<string[]> {
    const { jobs } = this.test.chat;
    const done: string[] = [];
    for (const job of (await jobs.due([kind])).due) {
      if (await jobs.finish(job, await outcome(job.subject))) done.push(job.subject);
    }
    return done;
  }

  /** Content that is deleted now, in the order of its hashes. */
  async dropped(): Promise<string[]> {
    const gone: string[] = [];
    await this.work('blob-drop', async (blob) => {
      const isDoomed = await this.test.chat.files.doom(blob);
      if (isDoomed) gone.push(blob);
      return isDoomed;
    });
    return gone.sort();
  }

  /** What the sweep does, which found these pieces of content to be nobody's. */
  async sweep(orphans: readonly string[] = []): Promise<void> {
    const { test } = this;
    test.nowMs += 20 * 60_000;
    const { due } = await test.chat.jobs.due(['file-sweep']);
    // A database that was emptied has lost the one that its migration began.
    if (due.length === 0) await test.database.write('testing.due', { kind: 'file-sweep', data: '{"slice":0}' });
    await this.work('file-sweep', () => orphans);
  }

  /** All that is stored, as text. */
  async stored(): Promise<string> {
    return String(await this.test.database.read('testing.everything', null));
  }
}
