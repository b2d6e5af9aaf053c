import { useConfab } from '@confab/client/react';
import type { FilterAction, FilterRule, SpaceView } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './moderation.module.css';

const actions = () =>
  [
    { value: 'refuse', label: t('Do not send the message') },
    { value: 'mask', label: t('Show asterisks instead') },
    { value: 'report', label: t('Send it and report it') },
  ] as const satisfies readonly { value: FilterAction; label: string }[];

/** Words that are not said in a space. */
export function WordFilterForm({ space, mayChange }: { space: SpaceView; mayChange: boolean }) {
  const confab = useConfab();
  const loaded = useLoaded(() => confab.call('moderation.filter', { space: space.id }), space.id);
  if (loaded.status === 'failed') return <Banner tone="danger">{loaded.failure}</Banner>;
  if (loaded.status === 'loading') return <Skeleton rows={4} />;
  const { rules } = loaded.value;
  return mayChange ? <Rules space={space} stored={rules} /> : <ReadRules rules={rules} />;
}

function ReadRules({ rules }: { rules: readonly FilterRule[] }) {
  if (rules.length === 0)
    return <p className={styles.soft}>{t('There are no words in it. Admins of the space add them.')}</p>;
  return (
    <ul className={styles.reports}>
      {rules.map(({ words, action }) => (
        <li key={words}>
          <strong dir="auto">{words}</strong>
          <span className={styles.soft}>{actions().find(({ value }) => value === action)?.label}</span>
        </li>
      ))}
    </ul>
  );
}

/** A rule that is edited; `id` stays while it is. */
type Draft = FilterRule & { readonly id: number };

function Rules({ space, stored }: { space: SpaceView; stored: readonly FilterRule[] }) {
  const confab = useConfab();
  const toasts = useToasts();
  const [rules, setRules] = useState<readonly Draft[]>(() => stored.map((rule, id) => ({ ...rule, id })));
  const [nextId, setNextId] = useState(stored.length);
  const { run, busy, failure } = useAction(async () => {
    const wanted = rules.filter(({ words }) => words.trim() !== '').map(({ words, action }) => ({ words, action }));
    await confab.call('moderation.set-filter', { space: space.id, rules: wanted });
    toasts.done(t('The word filter was saved.'));
  });
  const change = (id: number, more: Partial<FilterRule>) =>
    setRules(rules.map((rule) => (rule.id === id ? { ...rule, ...more } : rule)));
  const add = () => {
    setRules([...rules, { id: nextId, words: '', action: 'mask' }]);
    setNextId(nextId + 1);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p className={styles.soft}>
        {t(
          'Whole words, or several in a row. Capitals and accents make no difference. It holds for what is written from now on, in every room of the space.',
        )}
      </p>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      {rules.map((rule) => (
        <div key={rule.id} className={styles.rule}>
          <TextField
            label={t('Words')}
            labelHidden
            placeholder={t('Words')}
            dir="auto"
            maxLength={limits.filterRuleChars}
            value={rule.words}
            onChange={(event) => change(rule.id, { words: event.target.value })}
          />
          <SelectField<FilterAction>
            label={rule.words === '' ? t('What happens') : t('What happens with {words}', { words: rule.words })}
            labelHidden
            value={rule.action}
            options={actions()}
            onChange={(action) => change(rule.id, { action })}
          />
          <IconButton
            label={rule.words === '' ? t('Remove this line') : t('Remove {words}', { words: rule.words })}
            icon={<X size={16} />}
            onClick={() => setRules(rules.filter((other) => other !== rule))}
          />
        </div>
      ))}
      <div className={styles.actions}>
        <Button icon={<Plus size={16} aria-hidden />} disabled={rules.length >= limits.filterRules} onClick={add}>
          {t('Add words')}
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}
