import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { useDialogs } from '../../app/dialogs.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { Code } from '../messages/markdown/code-block.tsx';
import markdown from '../messages/markdown/markdown.module.css';
import { factsOf } from './file-card.tsx';
import { FileMenu } from './file-menu.tsx';
import { FileName } from './file-name.tsx';
import styles from './files.module.css';
import { heightOf, linesOf } from './files-layout.ts';
import { languageOf, loadText } from './text-of-file.ts';

/** So much of a text is looked at for its first lines. Bytes. */
const peekedBytes = 2_048;

/** A text or a program with its first lines: leads to all of it. */
export function TextCard({ placed }: { placed: PlacedFile }) {
  const { file } = placed;
  const dialogs = useDialogs();
  const { files } = useConfab();
  const beginning = useLoaded(() => loadText(files.address(file.id), peekedBytes), file.id);
  const lines = beginning.status === 'ready' ? beginning.value.text.split('\n').slice(0, linesOf(file)) : [];
  const open = () => dialogs.open({ kind: 'file', placed });
  return (
    <div className={styles.textCard} style={{ blockSize: heightOf(file) }}>
      <div className={styles.textHead}>
        <button type="button" className={styles.textName} onClick={open}>
          <FileName name={file.name} />
          <span className={styles.facts}>{factsOf(file)}</span>
        </button>
        <FileMenu placed={placed} />
      </div>
      {/* The same as its head, for whoever points at it. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: see above */}
      <div className={styles.beginning} dir="ltr" onClick={open}>
        <pre className={markdown.pre}>
          <Code text={lines.join('\n')} language={languageOf(file.name)} />
        </pre>
      </div>
    </div>
  );
}
