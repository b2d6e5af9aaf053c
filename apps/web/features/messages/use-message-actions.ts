import { useConfab } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { useDialogs } from '../../app/dialogs.tsx';
import { formatRoute } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { usePinning } from '../pins/use-pinning.ts';
import { useConversation } from './conversation-context.tsx';
import { useOpenThread } from './message-route.ts';

export interface MessageActions {
  copyText(): void;
  copyLink(): void;
  /** `null` where one may not. */
  reply: (() => void) | null;
  quote: (() => void) | null;
  edit: (() => void) | null;
  markUnread: (() => void) | null;
  /** Pins it, or takes the pin off. */
  pin: (() => void) | null;
  remove: (() => void) | null;
  /** Tells the moderators of it. */
  report: (() => void) | null;
}

/** What one may do with a message, for its toolbar and its keys alike; nothing while the server does not have it. */
export function useMessageActions(message: Message | null): MessageActions | null {
  const confab = useConfab();
  const { me } = useSignedIn();
  const conversation = useConversation();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const openThread = useOpenThread();
  const pinning = usePinning();
  if (message === null) return null;
  const own = message.author === me.id;
  const changeable = !conversation.readOnly && message.deletedAt === null;
  return {
    copyText: () => toasts.attempt(navigator.clipboard.writeText(message.text), t('The text was copied.')),
    copyLink: () => {
      const link = location.origin + formatRoute({ page: 'message', room: message.room, message: message.id });
      toasts.attempt(navigator.clipboard.writeText(link), t('The link was copied.'));
    },
    // Everything in a thread is a reply already.
    reply:
      conversation.thread === null && !conversation.readOnly
        ? () => openThread(message, message.thread ?? message.id)
        : null,
    quote: changeable ? () => conversation.quote(message.id) : null,
    markUnread:
      conversation.thread === null && !conversation.readOnly
        ? () => toasts.attempt(confab.rooms.markUnread(message.room, message.seq))
        : null,
    edit: own && changeable ? () => conversation.edit(message.id) : null,
    pin: changeable ? () => pinning(message) : null,
    remove:
      (own || conversation.moderates) && changeable
        ? () =>
            own
              ? dialogs.open({
                  kind: 'confirm',
                  title: t('Delete this message?'),
                  text: t('Its text is removed for everyone, for good. A line stays where it was.'),
                  action: t('Delete'),
                  run: () => conversation.timeline.remove(message.id),
                })
              : dialogs.open({ kind: 'delete-message', message })
        : null,
    report:
      !own && message.deletedAt === null && conversation.inSpace
        ? () => dialogs.open({ kind: 'report', message })
        : null,
  };
}
