import { useConfab, useStore } from '@confab/client/react';
import type { Export } from '@confab/protocol';
import { Archive } from 'lucide-react';
import { useEffect, useState } from 'react';
import { failureSentence } from '../../app/failure-sentence.ts';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import settings from '../accounts/settings-page.module.css';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './exports.module.css';

/** How often one looks how far what is being made has come. */
const lookMs = 2_000;

interface ExportListProps {
  /** Which of one's exports to show. */
  shows: (each: Export) => boolean;
}

/** What one has had put together: how far it is, and where it is fetched. */
export function ExportList({ shows }: ExportListProps) {
  const confab = useConfab();
  const list = useStore(confab.exports.list);
  const [failure, setFailure] = useState<string | null>(null);
  const found = list?.filter((each) => shows(each.export));
  const running = found?.some((each) => each.export.state === 'running') ?? false;
  useEffect(() => {
    const look = () => {
      confab.exports.refresh().then(
        () => setFailure(null),
        (error: unknown) => setFailure(failureSentence(error)),
      );
    };
    look();
    if (!running) return;
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [confab, running]);
  if (failure !== null) return <Banner tone="danger">{failure}</Banner>;
  if (found === undefined) return <Skeleton shape="line" rows={1} />;
  if (found.length === 0) return null;
  return (
    <ul className={settings.list}>
      {found.map((each) => (
        <Entry key={each.export.id} made={each.export} parts={each.parts} />
      ))}
    </ul>
  );
}

function detailOf({ state, endsAt }: Export, parts: number): string {
  if (state === 'failed') return t('It could not be put together. Remove it and try again.');
  if (state === 'ready') return t('Ready until {time}', { time: formatDateTime(endsAt ?? 0) });
  if (parts === 0) return t('Being put together');
  return t('{parts, plural, one {Being put together, # part so far} other {Being put together, # parts so far}}', {
    parts,
  });
}

function Entry({ made, parts }: { made: Export; parts: number }) {
  const confab = useConfab();
  const { run, busy, failure } = useAction(() => confab.exports.remove(made.id));
  const name = made.what === 'account' ? t('Your data') : `#${made.title}`;
  return (
    <li className={settings.entry}>
      <Archive size={20} aria-hidden />
      <span className={settings.about}>
        <span>{name}</span>
        <span className={settings.detail} role="status">
          {failure ?? detailOf(made, parts)}
        </span>
      </span>
      {made.state === 'ready' ? (
        <a
          className={styles.download}
          href={confab.exports.fileOf(made.id)}
          download
          aria-label={t('Download {name}', { name })}
        >
          {t('Download')}
        </a>
      ) : null}
      <Button size="small" busy={busy} aria-label={removeLabel(made, name)} onClick={() => run()}>
        {made.state === 'running' ? t('Cancel') : t('Remove')}
      </Button>
    </li>
  );
}

function removeLabel({ state }: Export, name: string): string {
  return state === 'running' ? t('Cancel the export of {name}', { name }) : t('Remove the export of {name}', { name });
}
