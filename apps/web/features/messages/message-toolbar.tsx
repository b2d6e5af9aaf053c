import { Copy, Link2, Pencil, Trash2 } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './message-row.module.css';
import type { MessageActions } from './use-message-actions.ts';

/** Shows on hover, on focus and, where there is no pointer to hover with, on a tap. */
export function MessageToolbar({ actions }: { actions: MessageActions }) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Message actions">
      <IconButton size="small" label="Copy text" icon={<Copy size={15} />} onClick={actions.copyText} />
      <IconButton size="small" label="Copy link to message" icon={<Link2 size={16} />} onClick={actions.copyLink} />
      {actions.edit ? (
        <IconButton size="small" label="Edit message" icon={<Pencil size={15} />} onClick={actions.edit} />
      ) : null}
      {actions.remove ? (
        <IconButton
          size="small"
          look="danger"
          label="Delete message"
          icon={<Trash2 size={15} />}
          onClick={actions.remove}
        />
      ) : null}
    </div>
  );
}
