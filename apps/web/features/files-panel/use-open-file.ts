import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { useDialogs } from '../../app/dialogs.tsx';
import { save } from '../files/file-menu.tsx';

interface Listed {
  files: readonly PlacedFile[];
  /** Whether the room has further ones behind the last of these, and all kinds of them. */
  goesOn: boolean;
  /** Whether one may remove what others sent. */
  mayRemove: boolean;
}

const isSeen = ({ file }: PlacedFile): boolean =>
  file.kind === 'video' || (file.kind === 'picture' && (file.previews !== undefined || file.pending === true));

/** Shows a file as large as the screen, or saves it where there is nothing to see. */
export function useOpenFile({ files, goesOn, mayRemove }: Listed): (placed: PlacedFile) => void {
  const dialogs = useDialogs();
  const { files: kept } = useConfab();
  return (placed) => {
    const { id, kind, name } = placed.file;
    if (isSeen(placed)) {
      // In the order in which they were posted.
      const seen = files.filter(isSeen).toReversed();
      dialogs.open({ kind: 'gallery', files: seen, start: id, mayRemove, goesOn });
    } else if (kind === 'pdf' || kind === 'text') dialogs.open({ kind: 'file', placed });
    else save(kept.address(id, { download: true }), name);
  };
}
