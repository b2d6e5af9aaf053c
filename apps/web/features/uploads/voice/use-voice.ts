import { useCallback, useEffect, useRef, useState } from 'react';
import { useLeaveWarning } from '../../../app/use-leave-warning.ts';
import {
  CannotRecordError,
  longestVoiceMs,
  type NoVoice,
  VoiceRecorder,
  type VoiceRecording,
} from './voice-recorder.ts';

/** How many levels are shown beside the time. */
const shownLevels = 48;

export type VoiceState =
  | { status: 'idle' }
  /** The browser asks whether the page may use the microphone. */
  | { status: 'asking' }
  | { status: 'recording' | 'paused'; recordedMs: number; levels: readonly number[] }
  | { status: 'refused'; why: NoVoice };

const idle: VoiceState = { status: 'idle' };

/** Records voice messages, one at a time. `onRecorded` is given each that was ended and not thrown away. */
export function useVoice(onRecorded: (recording: VoiceRecording) => void) {
  const [state, setState] = useState<VoiceState>(idle);
  const recorder = useRef<VoiceRecorder | null>(null);
  /** Rises with each recording: one that was cancelled while the browser still asked does not begin. */
  const attempt = useRef(0);
  const latest = useRef(onRecorded);
  useEffect(() => {
    latest.current = onRecorded;
  });

  const stop = useCallback(async () => {
    const current = recorder.current;
    recorder.current = null;
    attempt.current += 1;
    setState(idle);
    if (current !== null) latest.current(await current.stop());
  }, []);

  const start = useCallback(async () => {
    attempt.current += 1;
    const own = attempt.current;
    setState({ status: 'asking' });
    try {
      const started = await VoiceRecorder.start((level, recordedMs) => {
        setState((last) =>
          last.status === 'recording'
            ? { status: 'recording', recordedMs, levels: [...last.levels, level].slice(-shownLevels) }
            : last,
        );
        if (recordedMs >= longestVoiceMs) void stop();
      });
      if (own !== attempt.current) return started.cancel();
      recorder.current = started;
      started.onEnded(() => void stop());
      setState({ status: 'recording', recordedMs: 0, levels: [] });
    } catch (error) {
      if (own === attempt.current) setState({ status: 'refused', why: whyOf(error) });
    }
  }, [stop]);

  const cancel = useCallback(() => {
    attempt.current += 1;
    recorder.current?.cancel();
    recorder.current = null;
    setState(idle);
  }, []);

  const pause = useCallback((paused: boolean) => {
    if (paused) recorder.current?.pause();
    else recorder.current?.resume();
    setState((last) => ('levels' in last ? { ...last, status: paused ? 'paused' : 'recording' } : last));
  }, []);

  // Another room is opened: what was said stays with the one that it was said for.
  useEffect(() => () => void stop(), [stop]);
  const isRecording = state.status === 'recording' || state.status === 'paused';
  useLeaveWarning(isRecording);
  return { state, isRecording, start, stop, cancel, pause };
}

function whyOf(error: unknown): NoVoice {
  return error instanceof CannotRecordError ? error.why : 'busy';
}
