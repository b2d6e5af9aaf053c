import { exportAudit } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { AuditAction, AuditEntry, Params, SpaceView, UserId } from '@confab/protocol';
import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { actionOptions, actionWords } from './action-names.ts';
import { auditDetail } from './audit-detail.ts';
import { AuditTerm } from './audit-term.tsx';
import styles from './moderation.module.css';
import { saveFile } from './save-file.ts';

const dayMs = 86_400_000;
const anyone = 'anyone';

const startOf = (day: string): number | undefined => (day === '' ? undefined : new Date(`${day}T00:00`).getTime());

/** What was done in a space, by whom, to whom and why. */
export function AuditList({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const members = useLoaded(() => confab.spaces.members(space.id), space.id);
  const people = members.status === 'ready' ? members.value.members.map(({ person }) => person) : [];
  const [action, setAction] = useState<AuditAction | 'any'>('any');
  const [user, setUser] = useState<string>(anyone);
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const [days, setDays] = useState<number | null>(null);
  const chosen = people.find(({ id }) => id === user);
  const from = startOf(since);
  const to = startOf(until);
  const wanted: Params<'moderation.audit'> = {
    space: space.id,
    ...(action === 'any' ? {} : { action }),
    ...(chosen ? { user: chosen.id } : {}),
    ...(from === undefined ? {} : { since: from }),
    ...(to === undefined ? {} : { until: to + dayMs - 1 }),
  };
  const pages = usePages<AuditEntry>(async (last) => {
    const answer = await confab.call('moderation.audit', last ? { ...wanted, before: last.n } : wanted);
    setDays(answer.days);
    return answer;
  }, JSON.stringify(wanted));
  const save = useAction(async (format: 'csv' | 'json') => {
    const type = format === 'csv' ? 'text/csv' : 'application/json';
    saveFile(`record.${format}`, type, await exportAudit(confab, wanted, format));
  });
  const options = people.map(({ id, name }) => ({ value: id as string, label: name }));
  return (
    <>
      <div className={styles.filters}>
        <SelectField label={t('What')} value={action} options={actionOptions()} onChange={setAction} />
        <SelectField
          label={t('Who')}
          value={user}
          options={[{ value: anyone, label: t('Anyone') }, ...options]}
          onChange={setUser}
        />
        <TextField label={t('From')} type="date" value={since} onChange={(event) => setSince(event.target.value)} />
        <TextField label={t('To')} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
      </div>
      <div className={styles.actions}>
        <span className={styles.grow} />
        {(['csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            size="small"
            icon={<Download size={15} aria-hidden />}
            busy={save.busy}
            onClick={() => void save.run(format)}
          >
            {format === 'csv' ? t('Save as CSV') : t('Save as JSON')}
          </Button>
        ))}
      </div>
      {save.failure ? <Banner tone="danger">{save.failure}</Banner> : null}
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={6} /> : null}
      {pages.entries?.length === 0 ? (
        <EmptyState icon={<ScrollText size={24} />} title={t('Nothing of this kind')}>
          {t('What moderators and admins do in this space is kept here.')}
        </EmptyState>
      ) : null}
      <ol className={styles.entries}>
        {pages.entries?.map((entry) => (
          <Entry key={entry.n} entry={entry} />
        ))}
      </ol>
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
      {days === null ? null : <AuditTerm space={space} days={days} onChange={setDays} key={days} />}
    </>
  );
}

const named = (user: UserId | undefined) =>
  user === undefined ? null : (
    <strong>
      <PersonName user={user} />
    </strong>
  );

function Entry({ entry }: { entry: AuditEntry }) {
  const rooms = useStore(useConfab().rooms.list);
  const { by, action, user, room, reason, until, at } = entry;
  const place = rooms.find(({ info }) => info.id === room)?.info.name;
  const detail = auditDetail(entry);
  return (
    <li className={styles.entry}>
      <span className={styles.grow}>
        <Trans sentence={actionWords[action].told} parts={{ by: () => named(by), person: () => named(user) }} />
        <span className={styles.line}>
          {[
            detail,
            place === undefined ? '' : `#${place}`,
            until === undefined || until === null ? '' : t('until {time}', { time: formatDateTime(until) }),
            reason === undefined || reason === '' ? '' : t('“{reason}”', { reason }),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </span>
      <time className={styles.soft} dateTime={new Date(at).toISOString()}>
        {formatDateTime(at)}
      </time>
    </li>
  );
}
