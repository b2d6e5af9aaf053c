import type { ChosenFile, UploadPlace } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useCallback, useRef, useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { isWorthLooking, type Looked, lookInto } from './look-into.ts';

/** Files that were chosen together, while this device finds out what it can tell of them. */
interface Batch {
  readonly files: readonly ChosenFile[];
  readonly looked: (Looked | undefined)[];
}

/** What is attached in a place, and attaches more. */
export function useAttaching(place: UploadPlace) {
  const confab = useConfab();
  const toasts = useToasts();
  const attached = useStore(confab.files.attached(place));
  const batches = useRef<readonly Batch[]>([]);
  const [preparing, setPreparing] = useState<readonly ChosenFile[]>([]);

  const change = useCallback((next: readonly Batch[]) => {
    batches.current = next;
    setPreparing(next.flatMap(({ files }) => files));
  }, []);

  /** With what is known of them by now. */
  const finish = useCallback(
    (batch: Batch) => {
      if (!batches.current.includes(batch)) return;
      change(batches.current.filter((other) => other !== batch));
      const chosen = batch.files.map((file, index) => ({ ...file, ...batch.looked[index] }));
      confab.files.attach(place, chosen);
    },
    [confab, place, change],
  );

  const attach = useCallback(
    (chosen: readonly ChosenFile[]) => {
      const held = batches.current.reduce((sum, { files }) => sum + files.length, 0);
      const free = limits.filesPerMessage - confab.files.attached(place).get().length - held;
      const files = chosen.slice(0, Math.max(0, free));
      if (files.length < chosen.length) toasts.say(tooMany(chosen.length - files.length));
      if (files.length === 0) return;
      const unknown = files.filter(({ data, about }) => about === undefined && isWorthLooking(data.type));
      if (unknown.length === 0) {
        confab.files.attach(place, files);
        return;
      }
      const batch: Batch = { files, looked: files.map(() => undefined) };
      change([...batches.current, batch]);
      const looking = unknown.map(async (file) => {
        batch.looked[files.indexOf(file)] = await lookInto(file.data);
      });
      void Promise.all(looking).then(() => finish(batch));
    },
    [confab, place, toasts, change, finish],
  );

  /** The ids of everything that can be sent, at once. */
  const take = useCallback((): readonly string[] => {
    for (const batch of batches.current) finish(batch);
    return confab.files
      .attached(place)
      .get()
      .filter(isSendable)
      .map(({ id }) => id);
  }, [confab, place, finish]);

  const sendable = attached.filter(isSendable);
  const arrived = preparing.length === 0 && sendable.every(({ status }) => status === 'arrived');
  return { attached, preparing, attach, take, count: sendable.length + preparing.length, arrived };
}

/** What was refused, or is not on this device any more, stays until somebody sees to it. */
function isSendable({ status }: { status: string }): boolean {
  return status !== 'failed' && status !== 'lost';
}

function tooMany(left: number): string {
  return t(
    '{left, plural, one {A message takes up to {count} files: # was not attached.} other {A message takes up to {count} files: # were not attached.}}',
    { left, count: limits.filesPerMessage },
  );
}
