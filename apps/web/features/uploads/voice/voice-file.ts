import type { ChosenFile } from '@confab/client';
import type { FileAbout } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { voiceName } from '../file-names.ts';
import { lookInto } from '../look-into.ts';
import { pointsOf } from '../waveform-points.ts';
import type { VoiceRecording } from './voice-recorder.ts';
import { withDuration } from './webm-duration.ts';

/** A recording as it is attached. */
export async function voiceFile({ data, durationMs, levels }: VoiceRecording): Promise<ChosenFile> {
  const heard: FileAbout = { durationMs, waveform: pointsOf(levels, limits.waveformPoints) };
  // Microphones begin late: what was recorded knows better how long it is than the clock.
  const about: FileAbout = { ...heard, ...(await lookInto(data)).about, voice: true };
  const recorded = data.type.endsWith('webm') ? await withDuration(data, about.durationMs ?? durationMs) : data;
  return { data: recorded, name: voiceName(data.type, new Date()), about };
}
