import type { File, FileId, LoggedEvent, MessageId, PlacedFile, RoomId, UserId } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { byMonth, type FileFilter, withEvent } from './listed-files.ts';

const room = '018bcfe5-6801-7000-a3ed-7e9f9442f5e7' as RoomId;
const [ada, bo] = ['ada', 'bo'] as [UserId, UserId];

const fileNamed = (name: string, kind: File['kind'] = 'picture'): File => ({
  id: name as FileId,
  name,
  type: 'image/png',
  kind,
  size: 1,
});
const placed = (name: string, message: string, at = 0): PlacedFile => ({
  file: fileNamed(name),
  room,
  message: message as MessageId,
  by: ada,
  at,
});
const event = (name: string, data: object, by: UserId | null = ada) =>
  ({ log: `room:${room}`, event: name, seq: 9, epoch: 1, at: 5, by, data }) as unknown as LoggedEvent;
const posted = (message: string, ...files: File[]) => event('message.posted', { id: message, text: '', files });
const names = (files: readonly PlacedFile[]) => files.map(({ file }) => file.name);

const before = [placed('b1', '2'), placed('b2', '2'), placed('a1', '1')];

describe('what happens in a room while its files are listed', () => {
  test('a post brings its files to where they belong, once', () => {
    const after = withEvent(before, posted('3', fileNamed('c1'), fileNamed('c2')), {});
    expect(names(after)).toEqual(['c1', 'c2', 'b1', 'b2', 'a1']);
    expect(after[0]).toEqual({ file: fileNamed('c1'), room, message: '3', by: ada, at: 5 });
    expect(withEvent(after, posted('3', fileNamed('c1'), fileNamed('c2')), {})).toBe(after);
    // One that a page did not have yet.
    expect(names(withEvent(after, posted('1', fileNamed('a2')), {}))).toEqual(['c1', 'c2', 'b1', 'b2', 'a1', 'a2']);
    expect(withEvent(before, event('message.posted', { id: '4', text: 'words' }), {})).toBe(before);
  });

  test.each<[FileFilter, boolean]>([
    [{ kind: 'picture' }, true],
    [{ kind: 'document' }, false],
    [{ by: ada }, true],
    [{ by: bo }, false],
    [{ name: 'REPORT' }, true],
    [{ name: 'reports' }, false],
    [{ kind: 'picture', by: ada, name: '.png' }, true],
  ])('a post brings only what is looked for: %j', (filter, isThere) => {
    const after = withEvent([], posted('3', fileNamed('My Report.png')), filter);
    expect(after).toHaveLength(isThere ? 1 : 0);
  });

  test('a change is shown, and brings nothing that is not listed', () => {
    const changed = { ...fileNamed('b2'), description: 'a lake' };
    const after = withEvent(before, event('file.changed', { message: '2', file: changed }, null), {});
    expect(after[1]?.file).toEqual(changed);
    expect(withEvent(before, event('file.changed', { message: '0', file: fileNamed('z') }, null), {})).toBe(before);
  });

  test('what is removed goes, a file by itself or all of a message', () => {
    expect(names(withEvent(before, event('file.removed', { message: '2', file: 'b1' }), {}))).toEqual(['b2', 'a1']);
    expect(names(withEvent(before, event('message.deleted', { id: '2', postedSeq: 1 }), {}))).toEqual(['a1']);
    expect(withEvent(before, event('message.deleted', { id: '7', postedSeq: 1 }), {})).toBe(before);
  });
});

test('files are parted by month', () => {
  const at = (year: number, month: number) => new Date(year, month, 15).getTime();
  const files = [placed('a', '4', at(2026, 10)), placed('b', '3', at(2026, 10)), placed('c', '2', at(2025, 10))];
  expect(byMonth(files).map((month) => names(month.files))).toEqual([['a', 'b'], ['c']]);
  expect(byMonth([])).toEqual([]);
});
