import { Bold, Code, EyeOff, Italic, Link2, List, ListOrdered, ListTodo, Strikethrough, TextQuote } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { keyName } from '../shortcuts/key-name.ts';
import styles from './composer.module.css';
import { type Format, formats } from './formats.ts';

const icons = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
  link: Link2,
  list: List,
  numbers: ListOrdered,
  tasks: ListTodo,
  quote: TextQuote,
  spoiler: EyeOff,
} as const;

export default function FormatToolbar({ onApply }: { onApply: (format: Format) => void }) {
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('Formatting')}>
      {formats.map((format) => {
        const Icon = icons[format.name];
        const shortcut = format.key === null ? {} : { shortcut: `${keyName('Ctrl')} ${format.key.toUpperCase()}` };
        return (
          <IconButton
            key={format.name}
            size="small"
            label={t(format.label)}
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
