import { describe, expect, it } from 'vitest';
import { bounds, times } from '../bounds.ts';
import { ChunkSize } from './chunk-size.ts';
import { Speed } from './speed.ts';

const { first, least } = bounds.chunkBytes;

describe('how much of a file goes in one request', () => {
  it('is halved until it gets through, and never more than that again', () => {
    const chunk = new ChunkSize();
    expect(chunk.bytes).toBe(first);
    expect(chunk.refused(first)).toBe(true);
    // Another one of the same size was on its way.
    chunk.refused(first);
    expect(chunk.bytes).toBe(first / 2);
    for (let sent = 0; sent < 5; sent += 1) chunk.took(chunk.bytes, 1);
    expect([chunk.bytes, chunk.most]).toEqual([first / 2, first / 2]);
    let tries = 0;
    while (chunk.refused(chunk.bytes)) tries += 1;
    expect([chunk.bytes, tries]).toEqual([least, 6]);
  });

  it('is what a slow line takes in the time that is right, and grows when it is fast again', () => {
    const chunk = new ChunkSize();
    chunk.took(first, times.chunkMs * 4);
    expect(chunk.bytes).toBe(first / 4);
    chunk.took(chunk.bytes, times.chunkMs * 1_000);
    expect(chunk.bytes).toBe(least);
    chunk.took(least, times.chunkMs * 0.9);
    expect(chunk.bytes).toBe(least);
    chunk.took(least, times.chunkMs / 4);
    expect(chunk.bytes).toBe(least * 2);
    // The short end of a file says nothing of a line.
    chunk.took(10, 5);
    expect(chunk.bytes).toBe(least * 2);
  });

  it('is less after one that broke off, and for a while does not grow to what did not get through', () => {
    const chunk = new ChunkSize(first / 2);
    chunk.lost(least);
    expect(chunk.bytes).toBe(first / 2);
    chunk.lost(first / 2);
    chunk.lost(first / 4);
    expect([chunk.bytes, chunk.most]).toEqual([first / 8, first / 2]);
    for (let sent = 0; sent < 20; sent += 1) chunk.took(chunk.bytes, 1);
    expect(chunk.bytes).toBe(first / 8);
    chunk.took(chunk.bytes, 1);
    expect(chunk.bytes).toBe(first / 4);
  });
});

describe('a speed', () => {
  it('is that of the last seconds, once there were some', () => {
    const speed = new Speed();
    speed.saw(0, 0);
    speed.saw(50, 100);
    expect(speed.bytesPerSecond).toBeNull();
    speed.saw(1_000, 1_000);
    expect(speed.bytesPerSecond).toBe(1_000);
    speed.saw(51_000, 11_000);
    expect(speed.bytesPerSecond).toBe(5_000);
    speed.saw(51_000, 60_000);
    expect(speed.bytesPerSecond).toBe(0);
    speed.saw(0, 60_100);
    expect(speed.bytesPerSecond).toBeNull();
  });
});
