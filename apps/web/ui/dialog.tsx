import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '../language/sentences.ts';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  onClose: () => void;
  size?: 'normal' | 'wide' | 'command';
  children: ReactNode;
}

/**
 * A modal layer: takes the focus, gives it back, closes on Esc and on a press outside. The backdrop is our own, because
 * Radix's brings a style sheet that a strict content security policy refuses; the page itself never scrolls.
 */
export function Dialog({ title, description, onClose, size = 'normal', children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <div className={styles.backdrop} />
        <Radix.Content
          className={classNames(styles.dialog, styles[size])}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={size === 'command' ? styles.spoken : styles.header}>
            <div className={styles.heading}>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className={styles.description}>{description}</Radix.Description>
              )}
            </div>
          </header>
          <div className={styles.body}>{children}</div>
          {/* Last, so that the focus begins in the dialog's content. */}
          {size === 'command' ? null : (
            <Radix.Close asChild>
              <IconButton className={styles.close} label={t('Close')} icon={<X size={18} />} />
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons that ends a dialog's form; the one that does it comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
