import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../language/sentences.ts';
import { Button } from './button.tsx';
import styles from './copy-field.module.css';
import { TextField } from './text-field.tsx';

/** A value that is there to be taken along. Where the clipboard is refused, the text is selected for copying by hand. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (field: HTMLInputElement | null) => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      field?.select();
    }
  };
  return (
    <div className={styles.row}>
      <TextField
        className={styles.field}
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        look="primary"
        icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={(event) => copy(event.currentTarget.parentElement?.querySelector('input') ?? null)}
      >
        {copied ? t('Copied') : t('Copy')}
      </Button>
    </div>
  );
}
