import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { t } from '../language/sentences.ts';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './viewer.module.css';

interface ViewerProps extends Pick<ComponentProps<'div'>, 'onKeyDown'> {
  title: string;
  /** Below the title. */
  facts?: ReactNode;
  /** Buttons beside it. */
  actions?: ReactNode;
  /** Below what is looked at. */
  foot?: ReactNode;
  /** As pictures are best looked at, whatever the theme. */
  dark?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A layer over the whole page for looking at one thing: takes the focus, gives it back, closes on Esc. */
export function Viewer({ title, facts, actions, foot, dark = false, onClose, onKeyDown, children }: ViewerProps) {
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Content
          className={classNames(styles.viewer, dark && styles.dark)}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            // On the layer and none of its buttons: its keys are for what is looked at.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
        >
          <header className={styles.header}>
            <div className={styles.words}>
              <Radix.Title className={styles.title} title={title}>
                <bdi>{title}</bdi>
              </Radix.Title>
              {facts === undefined ? null : <div className={styles.facts}>{facts}</div>}
            </div>
            <div className={styles.actions}>
              {actions}
              <Radix.Close asChild>
                <IconButton label={t('Close')} icon={<X size={18} />} />
              </Radix.Close>
            </div>
          </header>
          <div className={styles.stage}>{children}</div>
          {foot ? <footer className={styles.foot}>{foot}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
