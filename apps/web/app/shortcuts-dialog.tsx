import { Dialog } from '../ui/dialog.tsx';
import { keyName, shortcuts } from './shortcuts.ts';
import styles from './shortcuts-dialog.module.css';

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <div tabIndex={0}>
        {shortcuts.map(({ part, rows }) => (
          <section key={part}>
            <h3 className={styles.part}>{part}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.does} className={styles.row}>
                  <dt>{row.does}</dt>
                  <dd className={styles.keys}>
                    {row.keys.map((key) => (
                      <kbd key={key} className={styles.key}>
                        {keyName(key)}
                      </kbd>
                    ))}
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
