import { useConfab } from '@confab/client/react';
import type { SpaceView } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './moderation.module.css';

const terms = () =>
  [
    { value: '30', label: t('30 days') },
    { value: '90', label: t('90 days') },
    { value: '365', label: t('A year') },
    { value: '1095', label: t('Three years') },
    { value: '3650', label: t('Ten years') },
  ] as const;

interface AuditTermProps {
  space: SpaceView;
  days: number;
  onChange: (days: number) => void;
}

/** How long the record is kept; its owners say so. */
export function AuditTerm({ space, days, onChange }: AuditTermProps) {
  const confab = useConfab();
  const toasts = useToasts();
  const value = `${days}`;
  const known = terms().some((term) => term.value === value);
  const options: readonly { value: string; label: string }[] = known
    ? terms()
    : [{ value, label: t('Days: {days}', { days: value }) }, ...terms()];
  if (space.role !== 'owner')
    return (
      <p className={styles.soft}>
        {t('{days, plural, one {Entries are kept for # day.} other {Entries are kept for # days.}}', { days })}
      </p>
    );
  const set = async (next: string) => {
    await confab.call('moderation.set-audit-term', { space: space.id, days: Number(next) });
    onChange(Number(next));
  };
  return (
    <SelectField
      className={styles.term}
      label={t('Keep entries for')}
      hint={t('Older ones are removed for good.')}
      value={value}
      options={options}
      onChange={(next) => toasts.attempt(set(next), t('Saved.'))}
    />
  );
}
