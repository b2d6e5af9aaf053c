import type { ChosenFile } from '@confab/client';
import type { MessageId, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import {
  type Ref,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import { createPortal } from 'react-dom';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { lazy } from '../../ui/lazy.ts';
import { readPress } from '../shortcuts/key-press.ts';
import { askedEvent } from './ask-composer.ts';
import type { ComposerUploadsHandle, ComposerUploadsState } from './composer-uploads-handle.ts';
import { pastedFiles } from './dropped-files.ts';
import { pastedName } from './file-names.ts';
import { useAttaching } from './use-attaching.ts';
import { conversationOf, useDrop } from './use-drop.ts';
import { useVoice } from './voice/use-voice.ts';
import { voiceFile } from './voice/voice-file.ts';

const UploadTray = lazy(() => import('./upload-tray.tsx'));
const DropZone = lazy(() => import('./drop-zone.tsx'));
const VoiceBar = lazy(() => import('./voice/voice-bar.tsx'));

interface ComposerUploadsProps {
  room: RoomId;
  thread: MessageId | null;
  /** What the composer is for. */
  label: string;
  area: RefObject<HTMLTextAreaElement | null>;
  /** Where they stand, over the text. */
  tray: HTMLElement | null;
  onChange: (state: ComposerUploadsState) => void;
  ref: Ref<ComposerUploadsHandle>;
}

/** While one writes, as the map of shortcuts tells. */
const attaching = { keys: 'Ctrl+U' };

const asChosen = (files: readonly File[]): ChosenFile[] => files.map((data) => ({ data, name: data.name }));

/** The files of a composer. It has none in most messages, so this is loaded after everything that is read. */
export default function ComposerUploads({ room, thread, label, area, tray, onChange, ref }: ComposerUploadsProps) {
  const toasts = useToasts();
  const place = useMemo(() => ({ room, thread }), [room, thread]);
  const { attached, preparing, attach, take, count, arrived } = useAttaching(place);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  // On a phone the focus would bring up the keyboard over what was just chosen.
  const focus = useCallback(() => {
    if (!matchMedia('(pointer:coarse)').matches) area.current?.focus();
  }, [area]);

  const voice = useVoice((recording) => {
    void voiceFile(recording).then((file) => attach([file]));
  });
  const { isRecording, start, stop } = voice;
  const isIdle = voice.state.status === 'idle';
  // The button that ended it is gone, and Enter sends.
  useEffect(() => {
    if (isIdle) return;
    return focus;
  }, [isIdle, focus]);

  const over = useDrop(area, ({ files, folders }) => {
    if (folders) toasts.say(t('Folders cannot be attached. Drop the files in them, or an archive of them.'));
    attach(asChosen(files));
    focus();
  });
  usePaste(area, attach);
  useEffect(() => onChange({ count, arrived, recording: isRecording }), [onChange, count, arrived, isRecording]);
  const handle = useMemo<ComposerUploadsHandle>(
    () => ({
      pick: (withCamera = false) => (withCamera ? camera : picker).current?.click(),
      record: () => void (isRecording ? stop() : start()),
      take,
    }),
    [isRecording, start, stop, take],
  );
  useImperativeHandle(ref, () => handle, [handle]);
  useAsked(area, handle);

  const choose = (input: HTMLInputElement) => {
    const at = new Date();
    attach([...(input.files ?? [])].map((data) => ({ data, name: pastedName(data, at) })));
    // The same file again is a change too.
    input.value = '';
    focus();
  };
  const conversation = over ? conversationOf(area.current) : null;
  const hasTray = attached.length + preparing.length > 0;
  return (
    <>
      <input ref={picker} type="file" multiple hidden onChange={(event) => choose(event.target)} />
      <input
        ref={camera}
        type="file"
        accept="image/*,video/*"
        capture="environment"
        hidden
        onChange={(event) => choose(event.target)}
      />
      <Suspense fallback={null}>
        {conversation === null ? null : (
          <DropZone
            over={conversation}
            label={label}
            free={limits.filesPerMessage - attached.length - preparing.length}
          />
        )}
        {tray === null
          ? null
          : createPortal(
              <>
                {hasTray ? <UploadTray attached={attached} preparing={preparing} onEmpty={focus} /> : null}
                {isIdle ? null : <VoiceBar voice={voice} />}
              </>,
              tray,
            )}
      </Suspense>
    </>
  );
}

/** Files that are pasted into the text are attached; text stays text. */
function usePaste(area: RefObject<HTMLTextAreaElement | null>, attach: (files: readonly ChosenFile[]) => void): void {
  useEffect(() => {
    const element = area.current;
    const paste = (event: ClipboardEvent) => {
      const files = event.clipboardData === null ? [] : pastedFiles(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      const at = new Date();
      attach(files.map((data) => ({ data, name: pastedName(data, at) })));
    };
    element?.addEventListener('paste', paste);
    return () => element?.removeEventListener('paste', paste);
  }, [area, attach]);
}

/** Done from elsewhere on the page, or by its own key while one writes. */
function useAsked(area: RefObject<HTMLTextAreaElement | null>, handle: ComposerUploadsHandle): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const element = area.current;
    const pressed = (event: KeyboardEvent) => {
      if (readPress(event) !== attaching.keys) return;
      event.preventDefault();
      handle.pick();
    };
    element?.addEventListener(askedEvent('attach'), () => handle.pick(), { signal });
    element?.addEventListener(askedEvent('record'), () => handle.record(), { signal });
    element?.addEventListener('keydown', pressed, { signal });
    return () => listening.abort();
  }, [area, handle]);
}
