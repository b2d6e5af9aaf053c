import { expect, test } from 'vitest';
import { withDuration } from './webm-duration.ts';

const header = [0x1a, 0x45, 0xdf, 0xa3, 0x84, 0x42, 0x86, 0x81, 0x01];
const endless = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const segment = [0x18, 0x53, 0x80, 0x67];
const infoId = [0x15, 0x49, 0xa9, 0x66];
/** A millisecond. */
const scale = [0x2a, 0xd7, 0xb1, 0x83, 0x0f, 0x42, 0x40];
const app = [0x4d, 0x80, 0x82, 0x41, 0x42];
const cluster = [0x1f, 0x43, 0xb6, 0x75, ...endless, 0xe7, 0x81, 0x00, 0xa3, 0x81, 0x07];
const durationId = [0x44, 0x89];

const recording = (...bytes: number[]) => new Blob([new Uint8Array(bytes)], { type: 'audio/webm' });
const info = (...inside: number[]) => [...infoId, 0x80 | inside.length, ...inside];
const bytesOf = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

test('what a browser recorded says how long it is, and is otherwise the same', async () => {
  const live = recording(...header, ...segment, ...endless, ...info(...scale, ...app), ...cluster);
  const whole = await withDuration(live, 61_250);
  const seconds = [...new Uint8Array(new Float64Array([61_250]).buffer)].reverse();
  const inside = [...scale, ...app, ...durationId, 0x88, ...seconds];
  expect(await bytesOf(whole)).toEqual([
    ...header,
    ...segment,
    ...endless,
    ...infoId,
    ...[0x01, 0, 0, 0, 0, 0, 0, inside.length],
    ...inside,
    ...cluster,
  ]);
  expect(whole.type).toBe('audio/webm');
});

test('one that was written before anybody knew it is put right', async () => {
  const unknown = [...durationId, 0x84, 0, 0, 0, 0];
  const live = recording(...header, ...segment, ...endless, ...info(...scale, ...unknown, ...app), ...cluster);
  const plain = recording(...header, ...segment, ...endless, ...info(...scale, ...app), ...cluster);
  expect(await bytesOf(await withDuration(live, 2_000))).toEqual(await bytesOf(await withDuration(plain, 2_000)));
});

test('one that says it already stays as it is', async () => {
  const known = [...durationId, 0x84, 0x44, 0xf0, 0, 0];
  const told = recording(...header, ...segment, ...endless, ...info(...scale, ...known), ...cluster);
  expect(await withDuration(told, 1_000)).toBe(told);
});

test('one whose parts are found by their places stays as it is', async () => {
  const seekHead = [0x11, 0x4d, 0x9b, 0x74, 0x80];
  const indexed = recording(...header, ...segment, ...endless, ...seekHead, ...info(...scale), ...cluster);
  expect(await withDuration(indexed, 1_000)).toBe(indexed);
  const sized = recording(...header, ...segment, 0x80 | 20, ...info(...scale), ...cluster);
  expect(await withDuration(sized, 1_000)).toBe(sized);
});

test('anything else stays as it is', async () => {
  for (const other of [
    recording(),
    recording(1, 2, 3),
    recording(...header),
    recording(...new Array(100).fill(0xff)),
  ]) {
    expect(await withDuration(other, 1_000)).toBe(other);
  }
});
