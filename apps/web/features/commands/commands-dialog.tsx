import { t } from '../../language/sentences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { argumentsHint } from './arguments-hint.ts';
import { COMMANDS } from './command-table.ts';
import styles from './commands-dialog.module.css';

/** Every command there is. */
export default function CommandsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title={t('Commands')}
      description={t('Type one where you write messages. To send a text that begins with a slash, type two.')}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <div tabIndex={0}>
        <dl>
          {COMMANDS.map((command) => (
            <div key={command.name} className={styles.row}>
              <dt>
                <b className={styles.name}>/{command.name}</b>{' '}
                <span className={styles.hint}>{argumentsHint(command)}</span>
              </dt>
              <dd className={styles.title}>{t(command.title)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
