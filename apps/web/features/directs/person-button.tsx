import type { UserId } from '@confab/protocol';
import type { ComponentProps } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './person-button.module.css';

interface PersonButtonProps extends Omit<ComponentProps<'button'>, 'onClick'> {
  user: UserId;
}

/** A name or a face that opens who it is. */
export function PersonButton({ user, className, ...rest }: PersonButtonProps) {
  const dialogs = useDialogs();
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.person, className)}
      onClick={() => dialogs.open({ kind: 'person', user })}
    />
  );
}
