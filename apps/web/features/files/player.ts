import type { File, MessageId, RoomId, UserId } from '@confab/protocol';

/** A sound, and the message that it belongs to. */
export interface Track {
  file: File;
  room: RoomId;
  /** `null`: it was not posted yet. */
  message: MessageId | null;
  by: UserId;
  /** Where its bytes are. */
  address: string;
}

export const rates = [1, 1.5, 2] as const;
export type Rate = (typeof rates)[number];

export interface Playing {
  track: Track | null;
  isOn: boolean;
  /** It has been started, and its bytes are not there yet. */
  isWaiting: boolean;
  positionMs: number;
  durationMs: number;
  rate: Rate;
  /** This browser cannot play it. */
  failed: boolean;
  /** Its message is on the screen, with a player of its own. */
  inSight: boolean;
}

/** Of an audio element what a player needs. */
export interface Sound extends EventTarget {
  src: string;
  currentTime: number;
  playbackRate: number;
  readonly duration: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
  removeAttribute(name: string): void;
}

export const silence: Playing = {
  track: null,
  isOn: false,
  isWaiting: false,
  positionMs: 0,
  durationMs: 0,
  rate: 1,
  failed: false,
  inSight: false,
};

const told = ['play', 'pause', 'playing', 'waiting', 'timeupdate', 'durationchange', 'seeked', 'ended', 'error'];

/** Plays one sound at a time. A store: what it does now, for whoever shows it. */
export class Player {
  readonly #sound: Sound;
  readonly #listeners = new Set<() => void>();
  /** The players on the screen that show what plays. */
  readonly #shown = new Set<object>();
  #playing = silence;

  constructor(sound: Sound = new Audio()) {
    this.#sound = sound;
    for (const name of told) sound.addEventListener(name, (event) => this.#hear(event.type));
  }

  readonly get = (): Playing => this.#playing;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins another sound, which ends the one before; goes on with its own, or pauses it. `shownBy`: see `show`. */
  toggle(track: Track, shownBy?: object): void {
    const isOther = this.#playing.track?.file.id !== track.file.id;
    if (isOther) this.#load(track, 0, shownBy);
    if (isOther || this.#sound.paused) this.#play();
    else this.#sound.pause();
  }

  /** To a place in a sound, also in one that has not been begun: it will begin there. */
  seek(track: Track, toMs: number, shownBy?: object): void {
    if (this.#playing.track?.file.id !== track.file.id) {
      this.#load(track, toMs, shownBy);
      this.#play();
      return;
    }
    this.#sound.currentTime = toMs / 1_000;
    this.#tell({ positionMs: toMs });
  }

  pause(): void {
    this.#sound.pause();
  }

  setRate(rate: Rate): void {
    this.#sound.playbackRate = rate;
    this.#tell({ rate });
  }

  /** Says whether what plays is shown on the screen by someone of this identity. */
  show(shownBy: object, isShown: boolean): void {
    if (isShown) this.#shown.add(shownBy);
    else this.#shown.delete(shownBy);
    this.#tell({ inSight: this.#shown.size > 0 });
  }

  close(): void {
    this.#shown.clear();
    this.#playing = { ...silence, rate: this.#playing.rate };
    this.#sound.pause();
    this.#sound.removeAttribute('src');
    this.#tell({});
  }

  #load(track: Track, fromMs: number, shownBy: object | undefined): void {
    this.#shown.clear();
    if (shownBy) this.#shown.add(shownBy);
    const { rate } = this.#playing;
    const durationMs = track.file.durationMs ?? 0;
    this.#playing = { ...silence, track, rate, durationMs, positionMs: fromMs, inSight: shownBy !== undefined };
    this.#sound.src = track.address;
    this.#sound.playbackRate = rate;
    if (fromMs > 0) this.#sound.currentTime = fromMs / 1_000;
  }

  #play(): void {
    this.#tell({ isWaiting: true, failed: false });
    // What goes wrong is told by its `error` event; that a pause came first is no failure.
    this.#sound.play().catch(() => this.#tell({ isWaiting: false }));
  }

  #hear(event: string): void {
    const { track, durationMs, isWaiting } = this.#playing;
    if (track === null) return;
    const { currentTime, duration, paused } = this.#sound;
    const ended = event === 'ended';
    this.#tell({
      isOn: !paused && !ended,
      isWaiting: event === 'waiting' || (isWaiting && !['playing', 'pause', 'error', 'timeupdate'].includes(event)),
      positionMs: ended ? 0 : Math.round(currentTime * 1_000),
      // A recording may not say how long it is before its end was read; its sender knew.
      durationMs: Number.isFinite(duration) && duration > 0 ? Math.round(duration * 1_000) : durationMs,
      ...(event === 'error' ? { failed: true, isOn: false } : {}),
    });
    if (ended) this.#sound.currentTime = 0;
  }

  #tell(change: Partial<Playing>): void {
    this.#playing = { ...this.#playing, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
