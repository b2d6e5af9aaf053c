import { describe, expect, test } from 'vitest';
import { PacketIds } from './packet-ids.ts';

const unused = () => false;

describe('packet ids', () => {
  test('go from 1 to 65,535 and round, leaving out those in use', () => {
    const ids = new PacketIds(0);
    const taken: number[] = [];
    while (taken.length < 70_000) {
      const id = ids.take((each) => each === 3);
      if (id === undefined) ids.noted(ids.toNote);
      else taken.push(id);
    }
    expect(taken.slice(0, 3)).toEqual([1, 2, 4]);
    expect(Math.max(...taken)).toBe(65_535);
    expect(Math.min(...taken)).toBe(1);
    expect(taken).not.toContain(3);
  });

  test('are not used before they are noted', () => {
    const ids = new PacketIds(0);
    let count = 0;
    while (ids.take(unused) !== undefined) count += 1;
    expect(count).toBe(PacketIds.block);
    ids.noted(ids.toNote);
    expect(ids.take(unused)).toBe(PacketIds.block + 1);
  });

  test('of a server that was killed are none that it may have used, wherever it stood', () => {
    for (let start = 0; start <= 65_535; start += 1_111) {
      const killed = new PacketIds(start);
      const noted = killed.toNote;
      const used = new Set<number>();
      for (let id = killed.take(unused); id !== undefined; id = killed.take(unused)) used.add(id);
      const next = new PacketIds(noted);
      for (let count = 0; count < 1_000; count += 1) expect(used.has(next.take(unused) ?? 0)).toBe(false);
    }
  });

  test('say early that more have to be noted', () => {
    const ids = new PacketIds(0);
    expect(ids.runsOut).toBe(false);
    for (let count = 0; count <= PacketIds.block / 2; count += 1) ids.take(unused);
    expect(ids.runsOut).toBe(true);
    ids.noted(ids.toNote);
    expect(ids.runsOut).toBe(false);
  });
});
