/** The longest voice message. Milliseconds. */
export const longestVoiceMs = 15 * 60_000;
/** Clear speech, at some 6 KB a second. Bits a second. */
const voiceBitsPerSecond = 48_000;
/** How often it is told how loud it is. Milliseconds. */
const levelMs = 100;
/** Samples that a level is told from. */
const levelWindow = 2_048;

/** What this browser can record, the best first. */
const types = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** Why nothing can be recorded. */
export type NoVoice = 'insecure' | 'unsupported' | 'refused' | 'no-device' | 'busy';

export class CannotRecordError extends Error {
  readonly why: NoVoice;

  constructor(why: NoVoice) {
    super(why);
    this.why = why;
  }
}

export interface VoiceRecording {
  readonly data: Blob;
  readonly durationMs: number;
  /** How loud it was, 0 to 1, from its beginning to its end. */
  readonly levels: readonly number[];
}

/** One recording from the microphone. Everything of it is let go of when it ends. */
export class VoiceRecorder {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #context = new AudioContext();
  readonly #pieces: Blob[] = [];
  readonly #levels: number[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #ended = Promise.withResolvers<void>();
  #recordedMs = 0;
  /** Since when it records without a pause, as `performance.now` tells; `null` during one. */
  #since: number | null;

  /** Asks for the microphone. @throws `CannotRecordError` */
  static async start(onLevel: (level: number, recordedMs: number) => void): Promise<VoiceRecorder> {
    if (!isSecureContext) throw new CannotRecordError('insecure');
    const type = typeof MediaRecorder === 'undefined' ? undefined : types.find(MediaRecorder.isTypeSupported);
    if (type === undefined || navigator.mediaDevices === undefined) throw new CannotRecordError('unsupported');
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error: unknown) => {
      throw new CannotRecordError(reasonOf(error));
    });
    return new VoiceRecorder(stream, type, onLevel);
  }

  private constructor(stream: MediaStream, type: string, onLevel: (level: number, recordedMs: number) => void) {
    this.#stream = stream;
    this.#recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: voiceBitsPerSecond });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#pieces.push(data));
    this.#recorder.addEventListener('stop', () => this.#ended.resolve());
    const analyser = new AnalyserNode(this.#context, { fftSize: levelWindow });
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(levelWindow);
    this.#timer = setInterval(() => {
      if (this.#since === null) return;
      analyser.getFloatTimeDomainData(samples);
      const level = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
      this.#levels.push(level);
      onLevel(level, this.recordedMs);
    }, levelMs);
    this.#recorder.start();
    this.#since = performance.now();
  }

  /** Called when the device ends it by itself: the microphone was pulled out, or its permission taken back. */
  onEnded(listener: () => void): void {
    for (const track of this.#stream.getTracks()) track.addEventListener('ended', listener);
  }

  get recordedMs(): number {
    return this.#recordedMs + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  pause(): void {
    this.#recordedMs = this.recordedMs;
    this.#since = null;
    this.#recorder.pause();
  }

  resume(): void {
    this.#since = performance.now();
    this.#recorder.resume();
  }

  async stop(): Promise<VoiceRecording> {
    this.#recordedMs = this.recordedMs;
    this.#since = null;
    // A track that ended has ended it already.
    if (this.#recorder.state === 'inactive') this.#ended.resolve();
    else this.#recorder.stop();
    await this.#ended.promise;
    this.#release();
    const [type = ''] = this.#recorder.mimeType.split(';');
    const data = new Blob(this.#pieces, { type });
    return { data, durationMs: Math.round(this.#recordedMs), levels: this.#levels };
  }

  cancel(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.#release();
  }

  #release(): void {
    clearInterval(this.#timer);
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close();
  }
}

function reasonOf(error: unknown): NoVoice {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-device';
  return 'busy';
}
