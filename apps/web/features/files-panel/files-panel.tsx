import { useConfab, useStore } from '@confab/client/react';
import type { FileGroup, PlacedFile, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Files, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { Panel, PanelBody } from '../../app/shell/panel.tsx';
import { perLanguage } from '../../language/language.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { RoomPanelProps } from '../rooms/room-panel.tsx';
import { FileRow, FileTile } from './file-row.tsx';
import styles from './files-panel.module.css';
import { byMonth, type FileFilter } from './listed-files.ts';
import { PersonChoice } from './person-choice.tsx';
import { useLater } from './use-later.ts';
import { useOpenFile } from './use-open-file.ts';
import { useRoomFiles } from './use-room-files.ts';

const groups: readonly (readonly [FileGroup | null, Sentence])[] = [
  [null, sentence('All')],
  ['picture', sentence('Pictures')],
  ['video', sentence('Videos')],
  ['sound', sentence('Sound')],
  ['document', sentence('Documents')],
  ['rest', sentence('Other')],
];

/** What was sent to a room, the latest first. */
export default function FilesPanel(props: RoomPanelProps) {
  const { go } = useNavigation();
  return (
    <Panel title={t('Files')} onClose={() => go({ ...props.route, panel: null })}>
      <PanelBody>
        <RoomFiles key={props.room.info.id} {...props} />
      </PanelBody>
    </Panel>
  );
}

/** Milliseconds that somebody who types is waited for. */
const typingPauseMs = 250;

function RoomFiles({ room, moderates }: RoomPanelProps) {
  const [kind, setKind] = useState<FileGroup | null>(null);
  const [typed, setTyped] = useState('');
  const [by, setBy] = useState<UserId | undefined>(undefined);
  const name = useLater(typed.trim(), typingPauseMs);
  const filter: FileFilter = { ...(kind ? { kind } : {}), ...(name ? { name } : {}), ...(by ? { by } : {}) };
  const { files, people, more, loading, failure, loadMore } = useRoomFiles(room.info.id, filter);
  const blocked = useStore(useConfab().blocks.users);
  const shown = files?.filter(({ by: sender }) => !blocked.has(sender));
  const isNarrowed = kind !== null || name !== '' || by !== undefined;
  const mayRemove = moderates && room.info.archivedAt === null;
  const all = () => {
    setKind(null);
    setTyped('');
    setBy(undefined);
  };
  const isEmpty = shown?.length === 0 && !loading && !more;
  if (isEmpty && !isNarrowed) return <NoFiles />;
  return (
    <>
      <search className={styles.narrow}>
        <SearchField
          label={t('Search by name')}
          value={typed}
          maxLength={limits.nameSearchChars}
          onChange={(event) => setTyped(event.target.value)}
        />
        <PersonChoice room={room.info.id} senders={people.values()} chosen={by} onChoose={setBy} />
        <fieldset className={styles.kinds} aria-label={t('Kind')}>
          {groups.map(([group, label]) => (
            <button
              key={label}
              type="button"
              className={styles.kind}
              aria-pressed={kind === group}
              onClick={() => setKind(group)}
            >
              {t(label)}
            </button>
          ))}
        </fieldset>
      </search>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      {shown === undefined && !failure ? <Skeleton rows={5} /> : null}
      <p className={styles.spoken} role="status">
        {shown && !loading
          ? t('{count, plural, =0 {No file is shown.} one {# file is shown.} other {# files are shown.}}', {
              count: shown.length,
            })
          : ''}
      </p>
      {isEmpty ? <NothingFound onAll={all} /> : null}
      {shown ? (
        <Months
          files={shown}
          inGrid={kind === 'picture' || kind === 'video'}
          mayRemove={mayRemove}
          goesOn={more && !name && !by}
        />
      ) : null}
      {more ? <More busy={loading} onMore={loadMore} failed={failure !== null} /> : null}
    </>
  );
}

const month = perLanguage((locale) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }));

interface MonthsProps {
  files: readonly PlacedFile[];
  inGrid: boolean;
  mayRemove: boolean;
  goesOn: boolean;
}

function Months({ files, inGrid, mayRemove, goesOn }: MonthsProps) {
  const open = useOpenFile({ files, goesOn, mayRemove });
  return byMonth(files).map(({ at, files: sent }) => (
    <section key={at} aria-label={month().format(at)}>
      <h3 className={styles.month}>{month().format(at)}</h3>
      <ul className={inGrid ? styles.grid : styles.list}>
        {sent.map((placed) =>
          inGrid ? (
            <FileTile key={placed.file.id} placed={placed} mayRemove={mayRemove} onOpen={open} />
          ) : (
            <FileRow key={placed.file.id} placed={placed} mayRemove={mayRemove} onOpen={open} />
          ),
        )}
      </ul>
    </section>
  ));
}

function NoFiles() {
  return (
    <EmptyState icon={<Files size={24} />} title={t('No files yet')}>
      {t('What is sent in this room is found again here. Drag a file onto the conversation, or press the paper clip.')}
    </EmptyState>
  );
}

function NothingFound({ onAll }: { onAll: () => void }) {
  return (
    <div className={styles.nothing}>
      <EmptyState
        icon={<SearchX size={24} />}
        title={t('Nothing was found')}
        action={<Button onClick={onAll}>{t('Show all files')}</Button>}
      >
        {t('Try a part of the name, another kind, or what anyone sent.')}
      </EmptyState>
    </div>
  );
}

/** Asks for the next page when one has come to the end of what is there, or presses it. */
function More({ busy, failed, onMore }: { busy: boolean; failed: boolean; onMore: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  const isReady = !busy && !failed;
  useEffect(() => {
    const element = place.current;
    if (!isReady || element === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current());
    observer.observe(element);
    return () => observer.disconnect();
  }, [isReady]);
  return (
    <div ref={place} className={styles.more}>
      <Button busy={busy} onClick={onMore}>
        {t('Show more')}
      </Button>
    </div>
  );
}
