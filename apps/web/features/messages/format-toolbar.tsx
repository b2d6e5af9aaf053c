import { Bold, Code, Italic, Link2, List, TextQuote } from 'lucide-react';
import { keyName } from '../../app/shortcuts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './composer.module.css';
import { type Format, formats } from './formats.ts';

const icons = { Bold, Italic, Code, Link: Link2, List, Quote: TextQuote } as const;

export function FormatToolbar({ onApply }: { onApply: (format: Format) => void }) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Formatting">
      {formats.map((format) => {
        const Icon = icons[format.name];
        const shortcut = format.key === null ? {} : { shortcut: `${keyName('Ctrl')} ${format.key.toUpperCase()}` };
        return (
          <IconButton
            key={format.name}
            size="small"
            label={format.name}
            icon={<Icon size={16} />}
            {...shortcut}
            // Keeps the focus, and with it the selection, in the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onApply(format)}
          />
        );
      })}
    </div>
  );
}
