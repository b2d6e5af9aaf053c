import { expect, test } from 'vitest';
import { Disk, type Survival } from './disk.ts';
import type { DiskEvent } from './read-trace.ts';

const write = (offset: number, text: string): DiskEvent => {
  return { kind: 'write', name: 'file', offset, bytes: Buffer.from(text) };
};
const create: DiskEvent = { kind: 'create', name: 'file' };
const sync: DiskEvent = { kind: 'sync', name: 'file' };
const syncFolder: DiskEvent = { kind: 'sync-folder' };

function after(survival: Survival, events: readonly DiskEvent[], random = (): number => 0.9): string | undefined {
  const disk = new Disk();
  for (const event of events) disk.apply(event);
  return disk.afterCut(survival, random).get('file')?.toString();
}

test('what was synced stays, and what was written since is gone', () => {
  expect(after('nothing', [create, syncFolder, write(0, 'old'), sync, write(0, 'new')])).toBe('old');
  expect(after('everything', [create, syncFolder, write(0, 'old'), sync, write(0, 'new')])).toBe('new');
});

test('a file whose name was not synced is gone with all its content', () => {
  expect(after('nothing', [create, write(0, 'text'), sync])).toBeUndefined();
  expect(after('everything', [create, write(0, 'text'), sync])).toBe('text');
});

test('a file that was removed is back until its folder is synced', () => {
  const removed: DiskEvent[] = [create, syncFolder, write(0, 'text'), sync, { kind: 'unlink', name: 'file' }];
  expect(after('nothing', removed)).toBe('text');
  expect(after('nothing', [...removed, syncFolder])).toBeUndefined();
});

test('a file that grows again after it was cut reads zeros in between', () => {
  const cut: DiskEvent[] = [create, syncFolder, write(0, 'abcdef'), { kind: 'truncate', name: 'file', length: 2 }];
  expect(after('everything', cut)).toBe('ab');
  expect(after('everything', [...cut, write(4, 'x')])).toBe('ab\0\0x');
});

test('a sync that failed loses what it should have brought to disk, also for later ones that succeed', () => {
  const failed: DiskEvent[] = [create, syncFolder, write(0, 'text'), { kind: 'sync-failed', name: 'file' }, sync];
  expect(after('everything', failed)).toBe('');
  expect(after('nothing', [...failed, write(0, 'again'), sync])).toBe('again');
});

test('a write can survive in part, along the sectors of the disk', () => {
  let draws = 0;
  const everySecond = (): number => draws++ % 2;
  const left = after(
    'some sectors',
    [create, syncFolder, write(0, 'x'.repeat(1024)), sync, write(256, 'y'.repeat(512))],
    everySecond,
  );
  expect(left).toBe('x'.repeat(512) + 'y'.repeat(256) + 'x'.repeat(256));
});
