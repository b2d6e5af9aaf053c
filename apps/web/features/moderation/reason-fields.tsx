import { limits } from '@confab/protocol/limits.ts';
import { t } from '../../language/sentences.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { type Term, terms } from './terms.ts';

interface ReasonFieldProps {
  value: string;
  required?: boolean;
  onChange: (value: string) => void;
}

/** Why: the person concerned reads it. */
export function ReasonField({ value, required = false, onChange }: ReasonFieldProps) {
  return (
    <TextArea
      label={t('Reason')}
      hint={
        required
          ? t('They read it, and it stays in the record.')
          : t('If you give one, they read it. It stays in the record.')
      }
      dir="auto"
      rows={2}
      required={required}
      maxLength={limits.reasonChars}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function TermField({ value, onChange }: { value: Term; onChange: (value: Term) => void }) {
  return <SelectField<Term> label={t('How long')} value={value} options={terms()} onChange={onChange} />;
}
