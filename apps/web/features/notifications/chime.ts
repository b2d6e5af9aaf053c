/** Two soft notes, one after the other: Hz, and when each begins, in seconds. */
const notes = [
  { pitch: 660, at: 0 },
  { pitch: 880, at: 0.12 },
] as const;
const noteSeconds = 0.32;
const loudness = 0.12;

let context: AudioContext | undefined;

/** Plays the sound of a notification. Browsers keep a page quiet that nobody ever touched; then nothing is heard. */
export async function chime(): Promise<boolean> {
  context ??= new AudioContext();
  // Does not end while the browser keeps the page quiet.
  void context.resume().catch(() => {});
  if (context.state === 'suspended') await new Promise((resolve) => setTimeout(resolve, 50));
  if (context.state !== 'running') return false;
  const begin = context.currentTime;
  for (const { pitch, at } of notes) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begin + at);
    volume.gain.linearRampToValueAtTime(loudness, begin + at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + at + noteSeconds);
    tone.connect(volume).connect(context.destination);
    tone.start(begin + at);
    tone.stop(begin + at + noteSeconds);
  }
  return true;
}
