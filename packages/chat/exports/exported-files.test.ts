import type { Export, ExportId, MessageId, Result } from '@confab/protocol';
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

/** The messages of an export, when it is ready. */
async function exported(who: TestPerson, asked: Promise<{ export: Export }>): Promise<Said[]> {
  const id: ExportId = (await asked).export.id;
  await world.test.doDue();
  const said: Said[] = [];
  for (let part: number | null = 1; part !== null; ) {
    const piece: Result<'export.part'> = await world.test.do(who, 'export.part', { export: id, part });
    if (piece.name.startsWith('messages-')) said.push(...(piece.data as { messages: Said[] }).messages);
    part = piece.next;
  }
  return said;
}

it('[G1] [G2] an export names the files of its messages and their content', async () => {
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
