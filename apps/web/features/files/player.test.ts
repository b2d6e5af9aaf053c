import type { File, FileId, MessageId, RoomId, UserId } from '@confab/protocol';
import { beforeEach, expect, test } from 'vitest';
import { Player, type Sound, silence, type Track } from './player.ts';

/** An audio element whose time the test moves. */
class FakeSound extends EventTarget implements Sound {
  src = '';
  currentTime = 0;
  playbackRate = 1;
  duration = Number.NaN;
  paused = true;

  async play(): Promise<void> {
    this.paused = false;
    this.tell('play');
    this.tell('playing');
  }

  pause(): void {
    this.paused = true;
    this.tell('pause');
  }

  removeAttribute(): void {
    this.src = '';
  }

  tell(name: string): void {
    this.dispatchEvent(new Event(name));
  }
}

const track = (id: string, durationMs?: number): Track => {
  const file: File = { id: id as FileId, name: `${id}.ogg`, type: 'audio/ogg', kind: 'sound', size: 1 };
  return {
    file: durationMs === undefined ? file : { ...file, durationMs },
    room: 'r' as RoomId,
    message: 'm' as MessageId,
    by: 'u' as UserId,
    address: `/files/${id}`,
  };
};

let sound: FakeSound;
let player: Player;
beforeEach(() => {
  sound = new FakeSound();
  player = new Player(sound);
});

test('a sound plays, pauses and goes on where it was', () => {
  player.toggle(track('a', 9_000));
  expect(player.get()).toMatchObject({ isOn: true, isWaiting: false, positionMs: 0, durationMs: 9_000 });
  sound.currentTime = 4;
  sound.tell('timeupdate');
  player.toggle(track('a'));
  expect(player.get()).toMatchObject({ isOn: false, positionMs: 4_000 });
  player.toggle(track('a'));
  expect(player.get()).toMatchObject({ isOn: true, positionMs: 4_000 });
});

test('another one takes its place, at the same speed', () => {
  player.toggle(track('a'));
  player.setRate(1.5);
  player.toggle(track('b'));
  expect(sound).toMatchObject({ src: '/files/b', playbackRate: 1.5 });
  expect(player.get()).toMatchObject({ isOn: true, rate: 1.5, track: { file: { id: 'b' } } });
});

test('one begins where it was asked for', () => {
  player.seek(track('a', 9_000), 3_000);
  expect(sound.currentTime).toBe(3);
  expect(player.get()).toMatchObject({ isOn: true, positionMs: 3_000 });
  player.seek(track('a', 9_000), 6_000);
  expect(player.get().positionMs).toBe(6_000);
});

test('at its end it is at its beginning', () => {
  player.toggle(track('a'));
  sound.currentTime = 9;
  sound.paused = true;
  sound.tell('ended');
  expect(player.get()).toMatchObject({ isOn: false, positionMs: 0 });
  expect(sound.currentTime).toBe(0);
});

test('how long it is is what its sender knew, until its bytes say it', () => {
  player.toggle(track('a', 9_000));
  sound.duration = Number.POSITIVE_INFINITY;
  sound.tell('durationchange');
  expect(player.get().durationMs).toBe(9_000);
  sound.duration = 9.5;
  sound.tell('durationchange');
  expect(player.get().durationMs).toBe(9_500);
});

test('it is in sight as long as one of those who show it is', () => {
  const [room, thread] = [{}, {}];
  player.toggle(track('a'), room);
  expect(player.get().inSight).toBe(true);
  player.show(thread, true);
  player.show(room, false);
  expect(player.get().inSight).toBe(true);
  player.show(thread, false);
  expect(player.get().inSight).toBe(false);
});

test('what cannot be played says so, and may be tried again', () => {
  player.toggle(track('a'));
  sound.paused = true;
  sound.tell('error');
  expect(player.get()).toMatchObject({ failed: true, isOn: false });
  player.toggle(track('a'));
  expect(player.get()).toMatchObject({ failed: false, isOn: true });
});

test('closed it is silent, and tells nothing of what its element still says', () => {
  player.toggle(track('a'));
  let told = 0;
  player.subscribe(() => {
    told += 1;
  });
  player.close();
  expect(sound.paused).toBe(true);
  expect(player.get()).toEqual(silence);
  expect(told).toBe(1);
  sound.tell('timeupdate');
  expect(told).toBe(1);
});
