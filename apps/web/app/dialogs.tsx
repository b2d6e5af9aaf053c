import type { Message, MessageId, PeopleGroup, Reaction, ReportCase, RoomId, SpaceId, UserId } from '@confab/protocol';
import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useState } from 'react';
import type { PollRequest } from '../features/polls/poll-dialog.tsx';
import type { VotersRequest } from '../features/polls/voters-dialog.tsx';
import type { MomentRequest } from '../features/scheduled/moment-dialog.tsx';
import type { SectionRequest } from '../features/sections/section-dialog.tsx';

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
  | { kind: 'status' }
  | { kind: 'receipts'; message: Message }
  | { kind: 'shortcuts' }
  | { kind: 'commands' }
  | { kind: 'report'; message: Message }
  | { kind: 'delete-message'; message: Message }
  | { kind: 'decide'; reported: ReportCase; onDecided: () => void }
  | { kind: 'measure'; space: SpaceId; user: UserId; mayRemove: boolean }
  | { kind: 'confirm'; title: string; text: string; action: string; run: () => Promise<unknown> };

type Of<Kind extends DialogRequest['kind']> = Extract<DialogRequest, { kind: Kind }> & { onClose: () => void };

/** Loaded when first opened: none of them is needed to read and write. */
const CreateRoomDialog = lazy(() => import('../features/rooms/create-room-dialog.tsx'));
const RoomSettingsDialog = lazy(() => import('../features/rooms/room-settings-dialog.tsx'));
const AddPeopleDialog = lazy(() => import('../features/rooms/add-people-dialog.tsx'));
const NewMessageDialog = lazy(() => import('../features/directs/new-message-dialog.tsx'));
const ProfileDialog = lazy(() => import('../features/directs/profile-dialog.tsx'));
const InviteDialog = lazy(() => import('../features/spaces/invite-dialog.tsx'));
const PeopleGroupDialog = lazy(() => import('../features/people-groups/people-group-dialog.tsx'));
const ArrangeRoomDialog = lazy(() => import('../features/sections/arrange-room-dialog.tsx'));
const SectionDialog = lazy(() => import('../features/sections/section-dialog.tsx'));
const PaletteDialog = lazy(() => import('../features/palette/palette-dialog.tsx'));
const HistoryDialog = lazy(() => import('../features/messages/history-dialog.tsx'));
const ReactorsDialog = lazy(() => import('../features/reactions/reactors-dialog.tsx'));
const MomentDialog = lazy(() => import('../features/scheduled/moment-dialog.tsx'));
const PollDialog = lazy(() => import('../features/polls/poll-dialog.tsx'));
const VotersDialog = lazy(() => import('../features/polls/voters-dialog.tsx'));
const StatusDialog = lazy(() => import('../features/status/status-dialog.tsx'));
const ReceiptsDialog = lazy(() => import('../features/receipts/receipts-dialog.tsx'));
const ShortcutsDialog = lazy(() => import('../features/shortcuts/shortcuts-dialog.tsx'));
const CommandsDialog = lazy(() => import('../features/commands/commands-dialog.tsx'));
const ReportDialog = lazy(() => import('../features/moderation/report-dialog.tsx'));
const DeleteDialog = lazy(() => import('../features/moderation/delete-dialog.tsx'));
const DecideDialog = lazy(() => import('../features/moderation/decide-dialog.tsx'));
const MeasureDialog = lazy(() => import('../features/moderation/measure-dialog.tsx'));
const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx'));

const render: { [Kind in DialogRequest['kind']]: (props: Of<Kind>) => ReactNode } = {
  'create-room': (props) => <CreateRoomDialog {...props} />,
  'room-settings': (props) => <RoomSettingsDialog {...props} />,
  'add-people': (props) => <AddPeopleDialog {...props} />,
  'new-message': (props) => <NewMessageDialog {...props} />,
  person: (props) => <ProfileDialog {...props} />,
  invite: (props) => <InviteDialog {...props} />,
  'people-group': (props) => <PeopleGroupDialog {...props} />,
  'arrange-room': (props) => <ArrangeRoomDialog {...props} />,
  section: (props) => <SectionDialog {...props} />,
  palette: (props) => <PaletteDialog {...props} />,
  history: (props) => <HistoryDialog {...props} />,
  reactors: (props) => <ReactorsDialog {...props} />,
  moment: (props) => <MomentDialog {...props} />,
  poll: (props) => <PollDialog {...props} />,
  voters: (props) => <VotersDialog {...props} />,
  status: (props) => <StatusDialog {...props} />,
  receipts: (props) => <ReceiptsDialog {...props} />,
  shortcuts: (props) => <ShortcutsDialog {...props} />,
  commands: (props) => <CommandsDialog {...props} />,
  report: (props) => <ReportDialog {...props} />,
  'delete-message': (props) => <DeleteDialog {...props} />,
  decide: (props) => <DecideDialog {...props} />,
  measure: (props) => <MeasureDialog {...props} />,
  confirm: (props) => <ConfirmDialog {...props} />,
};

interface Dialogs {
  open(request: DialogRequest): void;
  close(): void;
  readonly current: DialogRequest['kind'] | null;
}

const DialogContext = createContext<Dialogs | null>(null);

export function DialogProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const dialogs = useMemo<Dialogs>(
    () => ({ open: setRequest, close: () => setRequest(null), current: request?.kind ?? null }),
    [request],
  );
  return (
    <DialogContext value={dialogs}>
      {children}
      <Suspense fallback={null}>{request === null ? null : show(request, dialogs.close)}</Suspense>
    </DialogContext>
  );
}

function show<Kind extends DialogRequest['kind']>(
  request: Extract<DialogRequest, { kind: Kind }>,
  onClose: () => void,
) {
  const renderKind = render[request.kind as Kind] as (props: Of<Kind>) => ReactNode;
  return renderKind({ ...request, onClose } as Of<Kind>);
}

export function useDialogs(): Dialogs {
  const dialogs = use(DialogContext);
  if (dialogs === null) throw new Error('useDialogs needs a DialogProvider above it.');
  return dialogs;
}
