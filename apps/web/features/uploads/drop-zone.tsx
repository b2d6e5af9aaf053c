import { limits } from '@confab/protocol/limits.ts';
import { Upload } from 'lucide-react';
import { createPortal } from 'react-dom';
import { t } from '../../language/sentences.ts';
import styles from './drop-zone.module.css';

interface DropZoneProps {
  /** Laid over this conversation. */
  over: HTMLElement;
  /** What the composer says that it is for. */
  label: string;
  /** How many files fit besides those that are attached. */
  free: number;
}

/** While files are held over a conversation: what happens when they are let go. */
export default function DropZone({ over, label, free }: DropZoneProps) {
  return createPortal(
    <div className={styles.zone}>
      <div className={styles.card}>
        <Upload size={26} aria-hidden />
        <strong>{free > 0 ? t('Drop to attach') : t('This message is full')}</strong>
        <span>
          {free > 0
            ? t('{label}: the files wait over the text until you send them.', { label })
            : t('A message takes up to {count} files. Send this one first.', { count: limits.filesPerMessage })}
        </span>
      </div>
    </div>,
    over,
  );
}
