import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { FileCard } from './file-card.tsx';
import styles from './files.module.css';

/** A PDF with its first page: leads to the viewer. */
export function PdfCard({ placed }: { placed: PlacedFile }) {
  const dialogs = useDialogs();
  const { files } = useConfab();
  const { file } = placed;
  const [broken, setBroken] = useState(false);
  const [preview] = file.previews ?? [];
  const page =
    preview === undefined || broken ? null : (
      <img
        className={styles.firstPage}
        src={files.address(file.id, { preview })}
        alt=""
        decoding="async"
        onError={() => setBroken(true)}
      />
    );
  return <FileCard placed={placed} picture={page} onOpen={() => dialogs.open({ kind: 'file', placed })} />;
}
