import { Check, CircleAlert, X } from 'lucide-react';
import { t } from '../language/sentences.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './toast.module.css';

export interface ToastNote {
  id: number;
  tone: 'done' | 'failed';
  text: string;
}

interface ToastStackProps {
  notes: readonly ToastNote[];
  onClose: (id: number) => void;
}

/** Short words about what was just done, at the bottom edge. The region is always there, so that it is spoken. */
export function ToastStack({ notes, onClose }: ToastStackProps) {
  return (
    <div className={styles.stack} role="status" aria-label={t('Notifications')}>
      {notes.map((note) => (
        <div key={note.id} className={classNames(styles.toast, styles[note.tone])}>
          {note.tone === 'done' ? <Check size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
          <span className={styles.text}>{note.text}</span>
          <IconButton size="small" label={t('Close')} icon={<X size={16} />} onClick={() => onClose(note.id)} />
        </div>
      ))}
    </div>
  );
}
