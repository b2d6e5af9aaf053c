import type { ClientId, Export, ExportId, MessageId, Result } from '@confab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FileWorld, hashOf, made as preview } from '../files/testing/file-world.ts';
import type { TestPerson } from '../testing/index.ts';

let world: FileWorld;
beforeAll(async () => {
  world = await FileWorld.open();
});
afterAll(() => world.test.close());

interface Said {
  readonly id: MessageId;
  readonly files?: readonly unknown[];
}

/** What an export has of one kind, when it is ready. */
async function pieces(who: TestPerson, asked: Promise<{ export: Export }>, kind: string): Promise<unknown[]> {
  const id: ExportId = (await asked).export.id;
  await world.test.doDue();
  const found: unknown[] = [];
  for (let part: number | null = 1; part !== null; ) {
    const piece: Result<'export.part'> = await world.test.do(who, 'export.part', { export: id, part });
    if (piece.name.startsWith(kind)) found.push(piece.data);
    part = piece.next;
  }
  return found;
}

async function exported(who: TestPerson, asked: Promise<{ export: Export }>): Promise<Said[]> {
  return (await pieces(who, asked, 'messages-')).flatMap((data) => (data as { messages: Said[] }).messages);
}

it('[G5] [G6] an export names the files of its messages and their content', async () => {
  const { test, owner, mia, room } = world;
  const [picture, report] = [await world.send(mia), await world.send(mia, { name: 'report.pdf', size: 7 })];
  const message = await world.post(mia, [picture, report], { text: 'Both.' });
  await test.do(mia, 'file.describe', { file: picture, description: 'A lake' });
  await world.work('file-preview', () => ({ previews: [preview('small')], details: { blur: 'b' } }));
  const others = await world.post(owner, [await world.send(owner)]);
  await world.send(mia, { name: 'waits.png' });
  const files = [
    {
      id: picture,
      name: 'one.png',
      kind: 'picture',
      type: 'image/png',
      size: 10,
      sha256: hashOf(picture),
      description: 'A lake',
    },
    { id: report, name: 'report.pdf', kind: 'pdf', type: 'application/pdf', size: 7, sha256: hashOf(report) },
  ];
  const own = await exported(mia, test.do(mia, 'account.export', {}));
  expect(own).toMatchObject([{ id: message, files }]);
  expect(own[0]?.files).toEqual(files);
  const all = await exported(owner, test.do(owner, 'room.export', { room }));
  expect(all.map(({ id }) => id)).toEqual([message, others]);
  expect(all[0]?.files).toEqual(files);
  await test.do(mia, 'message.remove-file', { message, file: picture });
  expect((await exported(owner, test.do(owner, 'room.export', { room })))[0]?.files).toEqual([files[1]]);
});

it('[G5] an export names the files of what waits to be posted as well', async () => {
  const { test, mia, room } = world;
  const file = await world.send(mia, { name: 'later.pdf' });
  const clientId = 'later' as ClientId;
  const dueAt = test.nowMs + 60_000;
  await test.do(mia, 'scheduled.create', { room, clientId, text: '', files: [file], dueAt });
  const [waiting] = await pieces(mia, test.do(mia, 'account.export', {}), 'scheduled-');
  expect(waiting).toMatchObject([{ room, text: '', dueAt, files: [{ id: file, sha256: hashOf(file) }] }]);
});
