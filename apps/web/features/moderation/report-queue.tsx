import { useConfab, useStore } from '@confab/client/react';
import type { ReportCase, SpaceView } from '@confab/protocol';
import { Flag } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { usePages } from '../../app/use-pages.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { Markdown } from '../messages/markdown/markdown.tsx';
import { decisionNames } from './decision-names.ts';
import styles from './moderation.module.css';
import { reportReasonName } from './report-reasons.ts';

type State = 'open' | 'decided';

/** What was reported, and what became of it. */
export function ReportQueue({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const [state, setState] = useState<State>('open');
  const own = useStore(confab.moderation.own);
  const waiting = own.reports.find((each) => each.space === space.id);
  const [round, setRound] = useState(0);
  const pages = usePages<ReportCase>(
    async (last) => {
      const before = last ? { before: last.message } : {};
      const { cases, more } = await confab.call('moderation.queue', {
        space: space.id,
        decided: state === 'decided',
        ...before,
      });
      return { entries: cases, more };
    },
    `${space.id} ${state} ${waiting?.open ?? 0} ${round}`,
  );
  return (
    <>
      <Choice<State>
        legend={t('Show')}
        value={state}
        options={[
          { value: 'open', label: t('Waiting') },
          { value: 'decided', label: t('Decided') },
        ]}
        onChange={setState}
      />
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={4} /> : null}
      {pages.entries?.length === 0 ? (
        <EmptyState
          icon={<Flag size={24} />}
          title={state === 'open' ? t('Nothing waits') : t('Nothing was decided yet')}
        >
          {t('When somebody reports a message, it waits here for you and the other moderators.')}
        </EmptyState>
      ) : null}
      <ul className={styles.cases}>
        {pages.entries?.map((each) => (
          <Case key={each.message} reported={each} onChange={() => setRound(round + 1)} />
        ))}
      </ul>
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </>
  );
}

function Case({ reported, onChange }: { reported: ReportCase; onChange: () => void }) {
  const { author, room, text, openedAt, reports, decided } = reported;
  return (
    <li className={styles.case}>
      <div className={styles.head}>
        <PersonAvatar user={author} size="small" />
        <span className={styles.grow}>
          <strong>
            <PersonName user={author} />
          </strong>{' '}
          <span className={styles.soft}>
            <Trans
              sentence={sentence('in <room>{name}</room>')}
              values={{ name: room.name }}
              parts={{ room: (name) => <bdi>{name}</bdi> }}
            />
          </span>
        </span>
        <time className={styles.soft} dateTime={new Date(openedAt).toISOString()}>
          {formatDateTime(openedAt)}
        </time>
      </div>
      {decided ? null : (
        <blockquote className={styles.said}>
          <Markdown text={text} />
        </blockquote>
      )}
      <ul className={styles.reports}>
        {reports.map(({ by, reason, note, at }) => (
          <li key={`${by} ${at}`}>
            <span className={styles.tag}>{reportReasonName(reason)}</span>
            {by === null ? null : (
              <span className={styles.soft}>
                <PersonName user={by} />
              </span>
            )}
            {note === '' ? null : <span dir="auto">{note}</span>}
          </li>
        ))}
      </ul>
      {decided ? <Decided decided={decided} /> : <Waiting reported={reported} onChange={onChange} />}
    </li>
  );
}

function Decided({ decided }: { decided: NonNullable<ReportCase['decided']> }) {
  return (
    <p className={styles.soft}>
      <strong>{decisionNames()[decided.decision]}</strong> · <PersonName user={decided.by} /> ·{' '}
      {formatDateTime(decided.at)}
      {decided.reason === '' ? null : <span className={styles.why}>{decided.reason}</span>}
    </p>
  );
}

function Waiting({ reported, onChange }: { reported: ReportCase; onChange: () => void }) {
  const confab = useConfab();
  const toasts = useToasts();
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const { me } = useSignedIn();
  const { message, room, takenBy } = reported;
  const isMember = useStore(confab.rooms.room(room.id)) !== undefined;
  const mine = takenBy === me.id;
  const take = async () => {
    await confab.call('moderation.take', { message, taken: !mine });
    onChange();
  };
  return (
    <div className={styles.actions}>
      <span className={styles.grow}>
        {takenBy === null ? null : (
          <span className={styles.soft}>
            <Trans
              sentence={sentence('<person/> looks into it')}
              parts={{ person: () => <PersonName user={takenBy} /> }}
            />
          </span>
        )}
      </span>
      {isMember ? (
        <Button size="small" onClick={() => go({ page: 'message', room: room.id, message })}>
          {t('Show in room')}
        </Button>
      ) : null}
      <Button size="small" onClick={() => toasts.attempt(take())}>
        {mine ? t('Give it back') : t('Take it')}
      </Button>
      <Button
        size="small"
        look="primary"
        onClick={() => dialogs.open({ kind: 'decide', reported, onDecided: onChange })}
      >
        {t('Decide')}
      </Button>
    </div>
  );
}
