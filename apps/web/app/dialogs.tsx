import type {
  File,
  Message,
  MessageId,
  PeopleGroup,
  PlacedFile,
  Reaction,
  ReportCase,
  RoomId,
  SpaceId,
  UserId,
} from '@confab/protocol';
import { createContext, type ReactNode, Suspense, use, useMemo, useState } from 'react';
import type { GalleryRequest } from '../features/files/gallery.tsx';
import type { PollRequest } from '../features/polls/poll-dialog.tsx';
import type { VotersRequest } from '../features/polls/voters-dialog.tsx';
import type { MomentRequest } from '../features/scheduled/moment-dialog.tsx';
import type { SectionRequest } from '../features/sections/section-dialog.tsx';
import type { DescribeUploadRequest } from '../features/uploads/describe-upload-dialog.tsx';
import { lazy } from '../ui/lazy.ts';
import { useOpener } from './use-opener.ts';

/** Every dialog of the app and what it needs to know. One is open at a time. */
export type DialogRequest =
  | { kind: 'create-room'; space: SpaceId }
  | { kind: 'room-settings'; room: RoomId }
  | { kind: 'add-people'; room: RoomId }
  | { kind: 'new-message' }
  | { kind: 'person'; user: UserId }
  | { kind: 'invite'; space: SpaceId }
  | { kind: 'people-group'; space: SpaceId; group: PeopleGroup | null }
  | { kind: 'palette' }
  | { kind: 'arrange-room'; room: RoomId }
  | ({ kind: 'section' } & SectionRequest)
  | { kind: 'history'; message: MessageId }
  | { kind: 'reactors'; message: MessageId; reactions: readonly Reaction[]; emoji: string }
  | ({ kind: 'moment' } & MomentRequest)
  | ({ kind: 'poll' } & PollRequest)
  | ({ kind: 'voters' } & VotersRequest)
  | ({ kind: 'describe-upload' } & DescribeUploadRequest)
  | ({ kind: 'gallery' } & GalleryRequest)
  | { kind: 'file'; placed: PlacedFile }
  | { kind: 'describe-file'; file: File }
  | { kind: 'status' }
  | { kind: 'receipts'; message: Message }
  | { kind: 'shortcuts' }
  | { kind: 'commands' }
  | { kind: 'report'; message: Message }
  | { kind: 'delete-message'; message: Message }
  | { kind: 'decide'; reported: ReportCase; onDecided: () => void }
  | { kind: 'measure'; space: SpaceId; user: UserId; mayRemove: boolean }
  | { kind: 'confirm'; title: string; text: string; action: string; run: () => Promise<unknown> };

/** What each of them is, loaded with the first. */
const DialogTable = lazy(() => import('./dialog-table.tsx'));

interface Dialogs {
  open(request: DialogRequest): void;
  close(): void;
  readonly current: DialogRequest['kind'] | null;
}

const DialogContext = createContext<Dialogs | null>(null);

export function DialogProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const { remember } = useOpener(request !== null);
  const dialogs = useMemo<Dialogs>(
    () => ({
      open: (next) => {
        remember();
        setRequest(next);
      },
      close: () => setRequest(null),
      current: request?.kind ?? null,
    }),
    [request, remember],
  );
  return (
    <DialogContext value={dialogs}>
      {children}
      <Suspense fallback={null}>
        {request === null ? null : <DialogTable request={request} onClose={dialogs.close} />}
      </Suspense>
    </DialogContext>
  );
}

export function useDialogs(): Dialogs {
  const dialogs = use(DialogContext);
  if (dialogs === null) throw new Error('useDialogs needs a DialogProvider above it.');
  return dialogs;
}
