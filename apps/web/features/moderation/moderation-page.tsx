import { useConfab, useStore } from '@confab/client/react';
import type { SpaceView } from '@confab/protocol';
import { ShieldOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { BackButton } from '../../app/shell/back-button.tsx';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { looksAfter, moderates, useCurrentSpace } from '../spaces/current-space.tsx';
import { AuditList } from './audit-list.tsx';
import styles from './moderation.module.css';
import { ReportQueue } from './report-queue.tsx';
import { RoleList } from './role-list.tsx';
import { SanctionList } from './sanction-list.tsx';
import { WordFilterForm } from './word-filter-form.tsx';

interface Tab {
  readonly id: string;
  readonly title: Sentence;
  /** Only for those who look after the space. */
  readonly admins?: true;
  show(space: SpaceView): ReactNode;
}

const tabs: readonly Tab[] = [
  { id: 'reports', title: sentence('Reports'), show: (space) => <ReportQueue space={space} /> },
  { id: 'people', title: sentence('Muted and banned'), show: (space) => <SanctionList space={space} /> },
  {
    id: 'words',
    title: sentence('Word filter'),
    show: (space) => <WordFilterForm space={space} mayChange={looksAfter(space.role)} />,
  },
  { id: 'record', title: sentence('Record'), admins: true, show: (space) => <AuditList space={space} /> },
  { id: 'roles', title: sentence('Roles'), show: () => <RoleList /> },
];

/** Where those who look after what is said in a space do so. */
export default function ModerationPage() {
  const { space } = useCurrentSpace();
  const [chosen, setChosen] = useState('reports');
  const own = useStore(useConfab().moderation.own);
  if (space === null) return null;
  if (!moderates(space.role)) {
    return (
      <Page title={t('Moderation')} before={<BackButton />}>
        <EmptyState icon={<ShieldOff size={24} />} title={t('This is for moderators')}>
          {t('Your role in {space} does not include it.', { space: space.name })}
        </EmptyState>
      </Page>
    );
  }
  const shown = tabs.filter(({ admins }) => !admins || looksAfter(space.role));
  const open = own.reports.find((each) => each.space === space.id)?.open ?? 0;
  return (
    <Page title={t('Moderation')} before={<BackButton />}>
      <div className={styles.page}>
        <div className={styles.tabs} role="tablist" aria-label={t('Moderation')}>
          {shown.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={id === chosen}
              aria-controls="moderation-panel"
              className={styles.tab}
              onClick={() => setChosen(id)}
            >
              {t(title)}
              {id === 'reports' ? (
                <CountBadge
                  count={open}
                  spoken={t('{count, plural, one {# waiting} other {# waiting}}', { count: open })}
                />
              ) : null}
            </button>
          ))}
        </div>
        <div role="tabpanel" id="moderation-panel" aria-labelledby={`tab-${chosen}`} className={styles.panel}>
          {shown.find(({ id }) => id === chosen)?.show(space)}
        </div>
      </div>
    </Page>
  );
}
