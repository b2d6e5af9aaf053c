import { expect, test } from 'vitest';
import type { DoorKind, DoorTarget, SeenMessage } from '../../doors/door-client.ts';
import { sawTheLog } from './held-against-log.ts';
import { Survivor } from './survivor.ts';

const message = (seq: number): SeenMessage => ({
  seq,
  id: `id ${seq}`,
  clientId: `client id ${seq}`,
  author: 'ada',
  text: `text ${seq}`,
});
const log = [1, 2, 3, 4].map(message);

/** A survivor whose client was told so, and lost its connection after the second message. */
async function survivorThatSaw(seqs: readonly number[]): Promise<Survivor> {
  const seen: SeenMessage[] = [];
  const door: DoorKind = {
    name: 'Any',
    afterAbsence: 'none',
    repeatsSafely: true,
    async connect({ note }: DoorTarget) {
      for (const seq of seqs) {
        if (seen.length === 2) note?.('closed');
        note?.(`publish ${seq}`);
        seen.push(message(seq));
      }
      return { seen, post: async () => {}, cut: async () => {}, comeBack: async () => {}, close: async () => {} };
    },
  };
  const survivor = new Survivor(door, { url: '', token: '', room: '', mqttPort: 0 });
  await survivor.connect();
  return survivor;
}

test('a client that saw the log has nothing to explain', async () => {
  const figure = sawTheLog(await survivorThatSaw([1, 2, 3, 4]), log);
  expect(figure).toMatchObject({ ok: true, value: '0' });
  expect(figure.because).toBeUndefined();
});

test.each([
  [[1, 2, 4], 'expected 3 (text 3), got 4 (text 4)', 'was seen at no place; the one it got also at no other place'],
  [[1, 2, 2, 3, 4], 'expected 3 (text 3), got 2 (text 2)', 'was seen at 3; the one it got also at 1'],
  [[1, 2, 4, 3], 'expected 3 (text 3), got 4 (text 4)', 'was seen at 3; the one it got also at no other place'],
  [[1, 2], 'expected 3 (text 3), got nothing', 'was seen at no place; the one it got also at no other place'],
])(
  'of %j against 1 to 4 the first difference is told, and what the client did there',
  async (seqs, first, elsewhere) => {
    const { ok, because = [] } = sawTheLog(await survivorThatSaw(seqs), log);
    expect(ok).toBe(false);
    expect(because[0]).toBe(`place 2: ${first}`);
    expect(because[1]).toContain(elsewhere);
    expect(because.slice(2)).toEqual(expect.arrayContaining(['0: publish 1', '0: publish 2']));
  },
);
