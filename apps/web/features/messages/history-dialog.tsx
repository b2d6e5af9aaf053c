import { useConfab } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatDateTime } from './format-time.ts';
import styles from './history-dialog.module.css';
import { Markdown } from './markdown/markdown.tsx';

/** What an edited message said before. */
export default function HistoryDialog({ message, onClose }: { message: MessageId; onClose: () => void }) {
  const confab = useConfab();
  const history = useLoaded(async () => (await confab.call('message.history', { message })).versions, message);
  return (
    <Dialog title={t('Earlier versions')} onClose={onClose}>
      {history.status === 'loading' ? <Skeleton rows={3} /> : null}
      {history.status === 'failed' ? <Banner tone="danger">{history.failure}</Banner> : null}
      {history.status === 'ready' ? (
        <ol className={styles.versions}>
          {history.value.toReversed().map(({ text, at }, index) => (
            <li key={`${at}-${text}`} className={styles.version}>
              <p className={styles.at}>
                <time dateTime={new Date(at).toISOString()}>{formatDateTime(at)}</time>
                {index === 0 ? ` · ${t('now')}` : ''}
              </p>
              <Markdown text={text} />
            </li>
          ))}
        </ol>
      ) : null}
    </Dialog>
  );
}
