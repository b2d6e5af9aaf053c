import { useConfab } from '@confab/client/react';
import type { MessageId, OptionTally, UserId } from '@confab/protocol';
import { useState } from 'react';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import styles from './voters-dialog.module.css';

export interface VotersRequest {
  message: MessageId;
  options: readonly string[];
  tally: readonly OptionTally[];
  /** The option whose voters show first. */
  place: number;
}

/** Everybody who voted, by option. */
export default function VotersDialog({
  message,
  options,
  tally,
  place,
  onClose,
}: VotersRequest & { onClose: () => void }) {
  const [shown, setShown] = useState(place);
  const choices = options.map((option, index) => ({
    value: `${index}`,
    label: `${option} (${tally[index]?.count ?? 0})`,
  }));
  return (
    <Dialog title={t('Who voted')} onClose={onClose}>
      <SelectField
        label={t('Option')}
        value={`${shown}`}
        options={choices}
        onChange={(value) => setShown(Number(value))}
      />
      <Voters key={shown} message={message} option={shown} />
    </Dialog>
  );
}

function Voters({ message, option }: { message: MessageId; option: number }) {
  const confab = useConfab();
  const pages = usePages<UserId>(async (last) => {
    const { users, more } = await confab.polls.voters(message, option, last);
    return { entries: users, more };
  }, `${option}`);
  return (
    <>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={3} /> : null}
      {pages.entries?.length === 0 ? <p className={styles.nobody}>{t('Nobody voted for this.')}</p> : null}
      <ul className={styles.people}>
        {pages.entries?.map((user) => (
          <li key={user} className={styles.person}>
            <PersonAvatar user={user} />
            <PersonName user={user} />
          </li>
        ))}
      </ul>
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </>
  );
}
