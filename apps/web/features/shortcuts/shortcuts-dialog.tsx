import { useConfab, useStore } from '@confab/client/react';
import { t } from '../../language/sentences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { keySteps } from './key-press.ts';
import { SHORTCUTS } from './shortcut-table.ts';
import styles from './shortcuts-dialog.module.css';

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { singleKeys } = useStore(useConfab().settings.state);
  const description =
    singleKeys === 'on'
      ? t('Letters alone work while you are not writing. Settings can switch them off.')
      : t('Letters alone are switched off in your settings.');
  return (
    <Dialog title={t('Keyboard shortcuts')} description={description} size="wide" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <div className={styles.parts} tabIndex={0}>
        {SHORTCUTS.map(({ part, rows }) => (
          <section key={part} className={styles.section}>
            <h3 className={styles.part}>{t(part)}</h3>
            <dl>
              {rows.map(({ keys, does }) => (
                <div key={does} className={styles.row}>
                  <dt>{t(does)}</dt>
                  <dd className={styles.keys}>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }) {
  return keySteps(keys).map((step) => (
    <span key={step.join('+')} className={styles.step}>
      {step.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  ));
}
