import type { Message } from '@confab/protocol';
import { X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './quote.module.css';
import { QuotedWords } from './quoted-message.tsx';

/** In the composer: what the next message quotes. */
export function QuoteStrip({ message, onDrop }: { message: Message; onDrop: () => void }) {
  return (
    <section className={styles.strip} aria-label="Quoted message">
      <div className={styles.quote}>
        <QuotedWords message={message} />
      </div>
      <IconButton size="small" label="Do not quote" icon={<X size={16} />} onClick={onDrop} />
    </section>
  );
}
