import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { Copy, Download } from 'lucide-react';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Viewer } from '../../ui/viewer.tsx';
import { Code } from '../messages/markdown/code-block.tsx';
import markdown from '../messages/markdown/markdown.module.css';
import { factsOf } from './file-card.tsx';
import { save } from './file-menu.tsx';
import { formatSize } from './file-words.ts';
import { languageOf, loadText } from './text-of-file.ts';
import styles from './viewers.module.css';

/** So much of a text is shown. Bytes. */
const mostShown = 1_048_576;
/** A longer one would stand still while it is coloured. Characters. */
const mostColoured = 150_000;

/** All of a text or a program. */
export default function TextViewer({ placed: { file }, onClose }: { placed: PlacedFile; onClose: () => void }) {
  const { files } = useConfab();
  const toasts = useToasts();
  const loaded = useLoaded(() => loadText(files.address(file.id), mostShown), file.id);
  const text = loaded.status === 'ready' ? loaded.value.text : null;
  return (
    <Viewer
      title={file.name}
      facts={factsOf(file)}
      onClose={onClose}
      actions={
        <>
          <IconButton
            label={t('Copy text')}
            icon={<Copy size={18} />}
            disabled={text === null}
            onClick={() => toasts.attempt(navigator.clipboard.writeText(text ?? ''), t('The text was copied.'))}
          />
          <IconButton
            label={t('Download')}
            icon={<Download size={18} />}
            onClick={() => save(files.address(file.id, { download: true }), file.name)}
          />
        </>
      }
    >
      {loaded.status === 'loading' ? <Skeleton rows={8} shape="line" /> : null}
      {loaded.status === 'failed' ? (
        <div className={styles.failed}>
          <Banner tone="danger">{loaded.failure}</Banner>
        </div>
      ) : null}
      {loaded.status === 'ready' ? (
        <div className={styles.text} dir="ltr">
          {loaded.value.whole ? null : (
            <Banner>
              {t('Only the first {size} are shown. Download it for the rest.', { size: formatSize(mostShown) })}
            </Banner>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
          <pre className={markdown.pre} tabIndex={0}>
            <Code
              text={loaded.value.text}
              language={loaded.value.text.length > mostColoured ? '' : languageOf(file.name)}
            />
          </pre>
        </div>
      ) : null}
    </Viewer>
  );
}
