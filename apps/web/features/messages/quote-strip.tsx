import { useConfab } from '@confab/client/react';
import type { Message, MessageId } from '@confab/protocol';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useConversation } from './conversation-context.tsx';
import styles from './quote.module.css';
import { Gone, QuotedWords } from './quoted-message.tsx';

/** In the composer: what the next message quotes. Mounted anew for each message. */
export default function QuoteStrip({ message, onDrop }: { message: MessageId; onDrop: () => void }) {
  const quoted = useQuoted(message);
  return (
    <section className={styles.strip} aria-label={t('Quoted message')} aria-busy={quoted === undefined}>
      {quoted ? (
        <div className={styles.quote}>
          <QuotedWords message={quoted} />
        </div>
      ) : null}
      {quoted === null ? <Gone>{t('The quoted message cannot be shown.')}</Gone> : null}
      <IconButton size="small" label={t('Do not quote')} icon={<X size={16} />} onClick={onDrop} />
    </section>
  );
}

/** The message: mostly it is on the screen; a draft from before may quote one that is not. */
function useQuoted(id: MessageId): Message | null | undefined {
  const confab = useConfab();
  const { timeline } = useConversation();
  const [quoted, setQuoted] = useState<Message | null | undefined>(() => {
    const item = timeline.get().items.find((each) => each.kind === 'message' && each.message.id === id);
    return item?.kind === 'message' ? item.message : undefined;
  });
  const isKnown = quoted !== undefined;
  useEffect(() => {
    if (isKnown) return;
    let gone = false;
    const show = (message: Message | null) => (gone ? undefined : setQuoted(message));
    confab.call('message.show', { message: id }).then(
      ({ message }) => show(message.deletedAt === null ? message : null),
      () => show(null),
    );
    return () => {
      gone = true;
    };
  }, [confab, id, isKnown]);
  return quoted;
}
