/** How many samples are looked at before the page has its turn again. */
const samplesPerTurn = 400_000;

/** How loud it is in `points` equal steps, from 0 to 100; the loudest of them is 100. In turns, so that the page stays smooth. */
export async function waveformOf(
  samples: Float32Array,
  points: number,
  turn: () => Promise<void> = nextTurn,
): Promise<number[]> {
  const count = Math.max(1, Math.min(points, samples.length));
  const peaks: number[] = [];
  let seen = 0;
  for (let point = 0; point < count; point += 1) {
    const from = Math.floor((point * samples.length) / count);
    const to = Math.floor(((point + 1) * samples.length) / count);
    peaks.push(peakOf(samples, from, to));
    seen += to - from;
    if (seen < samplesPerTurn) continue;
    seen = 0;
    await turn();
  }
  return normalised(peaks);
}

/** Of loudnesses (0 to 1) that were heard one after the other, however many: as many as are drawn. */
export function pointsOf(levels: readonly number[], points: number): number[] {
  const count = Math.max(1, Math.min(points, levels.length));
  const peaks = Array.from({ length: count }, (_, point) => {
    const from = Math.floor((point * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((point + 1) * levels.length) / count));
    return Math.max(0, ...levels.slice(from, to));
  });
  return normalised(peaks);
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let index = from; index < to; index += 1) peak = Math.max(peak, Math.abs(samples[index] ?? 0));
  return peak;
}

/** Silence stays silence: what is hardly more than the noise of a microphone is not blown up. */
const quietest = 0.02;

function normalised(peaks: readonly number[]): number[] {
  const loudest = Math.max(quietest, ...peaks);
  return peaks.map((peak) => Math.round((100 * peak) / loudest));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
