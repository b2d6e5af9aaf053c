import type { FileAbout } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { waveformOf } from './waveform-points.ts';

/** What this device can tell of a recording before it is sent. */
export interface Looked {
  readonly about: FileAbout;
  readonly poster?: Blob;
}

/** Longer than this nobody waits for what is only good to have. Milliseconds. */
const lookMs = 6_000;
/** Decoded a sound takes many times its room in memory. */
const decodedBytes = 25 * 1024 * 1024;
/** Enough to see how loud it is; the least that every browser takes. Samples a second. */
const decodeRate = 8_000;
/** The longer side of a poster. */
const posterPixels = 1_280;
/** The first picture of many videos is black. */
const posterAt = 0.1;
const longestMs = 7 * 24 * 3_600_000;

export function isWorthLooking(type: string): boolean {
  return /^(video|audio)\//.test(type);
}

/** Never fails and never takes long: what cannot be told is left out. */
export async function lookInto(file: Blob): Promise<Looked> {
  const nothing: Looked = { about: {} };
  const looking = file.type.startsWith('video/') ? lookIntoVideo(file) : lookIntoSound(file);
  const late = new Promise<Looked>((resolve) => setTimeout(resolve, lookMs, nothing));
  return Promise.race([looking.catch(() => nothing), late]);
}

async function lookIntoVideo(file: Blob): Promise<Looked> {
  return played('video', file, async (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    const about = { ...durationOf(video), ...(width > 0 && height > 0 ? { width, height } : {}) };
    if (width === 0 || height === 0) return { about };
    const poster = await posterOf(video).catch(() => null);
    return poster === null ? { about } : { about, poster };
  });
}

async function posterOf(video: HTMLVideoElement): Promise<Blob | null> {
  const sought = heard(video, 'seeked');
  video.currentTime = Number.isFinite(video.duration) ? video.duration * posterAt : 0;
  await sought;
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, posterPixels / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(videoWidth * scale));
  canvas.height = Math.max(1, Math.round(videoHeight * scale));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
}

async function lookIntoSound(file: Blob): Promise<Looked> {
  if (file.size > decodedBytes) return played('audio', file, async (sound) => ({ about: durationOf(sound) }));
  const context = new OfflineAudioContext(1, 1, decodeRate);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const waveform = await waveformOf(sound.getChannelData(0), limits.waveformPoints);
  return { about: { durationMs: Math.min(longestMs, Math.round(sound.duration * 1_000)), waveform } };
}

function durationOf({ duration }: HTMLMediaElement): FileAbout {
  return Number.isFinite(duration) ? { durationMs: Math.min(longestMs, Math.round(duration * 1_000)) } : {};
}

/** Opens something that plays, for as long as `look` takes. */
async function played<Kind extends 'video' | 'audio'>(
  kind: Kind,
  file: Blob,
  look: (media: HTMLElementTagNameMap[Kind]) => Promise<Looked>,
): Promise<Looked> {
  const media = document.createElement(kind);
  const address = URL.createObjectURL(file);
  media.muted = true;
  media.preload = 'auto';
  try {
    const known = heard(media, 'loadeddata');
    media.src = address;
    await known;
    return await look(media);
  } finally {
    media.removeAttribute('src');
    media.load();
    URL.revokeObjectURL(address);
  }
}

function heard(media: HTMLMediaElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    media.addEventListener(event, () => resolve(), { once: true });
    media.addEventListener('error', () => reject(new Error('It does not play here.')), { once: true });
    setTimeout(reject, lookMs, new Error('It takes too long to open.'));
  });
}
