import type { ReactNode } from 'react';
import { lazy } from '../ui/lazy.ts';
import type { DialogRequest } from './dialogs.tsx';

type Of<Kind extends DialogRequest['kind']> = Extract<DialogRequest, { kind: Kind }> & { onClose: () => void };

/** Each is loaded when it is first opened: none of them is needed to read and write. */
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
const DescribeUploadDialog = lazy(() => import('../features/uploads/describe-upload-dialog.tsx'));
const Gallery = lazy(() => import('../features/files/gallery.tsx'));
const FileViewer = lazy(() => import('../features/files/file-viewer.tsx'));
const DescribeDialog = lazy(() => import('../features/files/describe-dialog.tsx'));
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
  'describe-upload': (props) => <DescribeUploadDialog {...props} />,
  gallery: (props) => <Gallery {...props} />,
  file: (props) => <FileViewer {...props} />,
  'describe-file': (props) => <DescribeDialog {...props} />,
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

/** The dialog that was asked for. */
export default function DialogTable<Kind extends DialogRequest['kind']>({
  request,
  onClose,
}: {
  request: Extract<DialogRequest, { kind: Kind }>;
  onClose: () => void;
}) {
  const renderKind = render[request.kind as Kind] as (props: Of<Kind>) => ReactNode;
  return renderKind({ ...request, onClose } as Of<Kind>);
}
