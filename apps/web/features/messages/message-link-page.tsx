import { useConfab } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { MessageCircleOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { failureSentence } from '../../app/failure-sentence.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { messageRoute } from './message-route.ts';

/** A link to a message leads to where it stands: in its room, or in its thread. */
export default function MessageLinkPage({ message }: { message: MessageId }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    confab.call('message.show', { message }).then(
      (answer) => (gone ? undefined : go(messageRoute(answer.message), { replace: true })),
      (error: unknown) => (gone ? undefined : setFailure(failureSentence(error))),
    );
    return () => {
      gone = true;
    };
  }, [confab, go, message]);
  if (failure === null) return <Skeleton rows={8} />;
  return (
    <EmptyState
      heading="h1"
      icon={<MessageCircleOff size={24} />}
      title={t('This message cannot be shown')}
      action={<Button onClick={() => go({ page: 'home' })}>{t('Go to your rooms')}</Button>}
    >
      {`${failure} ${t('It may stand in a room that you are not in.')}`}
    </EmptyState>
  );
}
