import { useConfab } from '@confab/client/react';
import type { MessageId, RoomId } from '@confab/protocol';
import { CalendarClock } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './schedule-button.module.css';

interface ScheduleButtonProps {
  room: RoomId;
  thread: MessageId | null;
  text: string;
  disabled: boolean;
  /** The server has it. */
  onScheduled: () => void;
}

/** Beside the button that sends: sends later. */
export function ScheduleButton({ room, thread, text, disabled, onScheduled }: ScheduleButtonProps) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const run = async (at: number) => {
    await confab.scheduled.create(room, thread, text.trim(), at);
    onScheduled();
    toasts.done(`It will be sent on ${formatDateTime(at)}. You find it under “Scheduled”.`);
  };
  return (
    <IconButton
      className={styles.button}
      size="small"
      label="Send later"
      icon={<CalendarClock size={17} />}
      disabled={disabled}
      onClick={() =>
        dialogs.open({
          kind: 'moment',
          title: 'Send later',
          description: 'The message is sent in your name at this time, even if you are away.',
          action: 'Schedule',
          run,
        })
      }
    />
  );
}
