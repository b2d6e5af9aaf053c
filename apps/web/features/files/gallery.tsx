import { useConfab } from '@confab/client/react';
import type { FileId, PlacedFile } from '@confab/protocol';
import { ChevronLeft, ChevronRight, Download, MessageSquare, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { currentDirection } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Viewer } from '../../ui/viewer.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { FileMenu, save } from './file-menu.tsx';
import styles from './gallery.module.css';
import { Stage } from './gallery-stage.tsx';
import { unzoomed, type Zoom, zoomed } from './zoom.ts';

export interface GalleryRequest {
  /** Pictures and videos in the order in which they were posted. */
  files: readonly PlacedFile[];
  /** The one that is shown first. */
  start: FileId;
  /** Whether one may remove what others sent. */
  mayRemove: boolean;
  /** Whether those that the room has from before are shown too, once one comes to them. */
  goesOn: boolean;
}

/** One press of a button or a key makes it so much larger. */
const zoomStep = 1.5;

/** Pictures and videos, one at a time, as large as the screen. */
export default function Gallery({ onClose, ...request }: GalleryRequest & { onClose: () => void }) {
  const { files, index, go, before, after } = useFilesInRow(request);
  const confab = useConfab();
  const { go: navigate } = useNavigation();
  const [zoom, setZoom] = useState<Zoom>(unzoomed);
  const shown = files[index];
  if (shown === undefined) return null;
  const { file, room, message, by, at } = shown;
  const isPicture = file.kind === 'picture';
  const step = (by: number) => {
    setZoom(unzoomed);
    go(by);
  };
  const zoomBy = (factor: number) => setZoom((last) => zoomed(last, factor, { x: 0, y: 0 }, null));
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A video's own controls, and the menu, have keys of their own.
    if (event.target instanceof Element && event.target.closest('video,[role="menu"]')) return;
    const onwards = currentDirection() === 'rtl' ? -1 : 1;
    const does = {
      ArrowLeft: () => step(-onwards),
      ArrowRight: () => step(onwards),
      '+': () => zoomBy(zoomStep),
      '=': () => zoomBy(zoomStep),
      '-': () => zoomBy(1 / zoomStep),
      '0': () => setZoom(unzoomed),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  };
  return (
    <Viewer
      dark
      title={file.name}
      facts={
        <>
          <PersonName user={by} /> · {formatDateTime(at)} ·{' '}
          <span aria-live="polite">{t('{index} of {count}', { index: index + 1, count: files.length })}</span>
        </>
      }
      actions={
        <>
          <IconButton
            label={t('Smaller')}
            shortcut="-"
            icon={<ZoomOut size={18} />}
            disabled={!isPicture || zoom.scale === 1}
            onClick={() => zoomBy(1 / zoomStep)}
          />
          <IconButton
            label={t('Larger')}
            shortcut="+"
            icon={<ZoomIn size={18} />}
            disabled={!isPicture}
            onClick={() => zoomBy(zoomStep)}
          />
          <IconButton
            label={t('Download')}
            icon={<Download size={18} />}
            onClick={() => save(confab.files.address(file.id, { download: true }), file.name)}
          />
          {message === null ? null : (
            <IconButton
              label={t('Go to the message')}
              icon={<MessageSquare size={18} />}
              onClick={() => {
                onClose();
                navigate({ page: 'message', room, message });
              }}
            />
          )}
          <FileMenu placed={shown} mayRemove={request.mayRemove} />
        </>
      }
      foot={file.description ? <p dir="auto">{file.description}</p> : null}
      onClose={onClose}
      onKeyDown={press}
    >
      <Stage key={file.id} file={file} zoom={zoom} onZoom={setZoom} onStep={step} />
      {before ? (
        <IconButton
          className={styles.before}
          label={t('Previous')}
          icon={<ChevronLeft size={22} className={styles.arrow} />}
          onClick={() => step(-1)}
        />
      ) : null}
      {after ? (
        <IconButton
          className={styles.after}
          label={t('Next')}
          icon={<ChevronRight size={22} className={styles.arrow} />}
          onClick={() => step(1)}
        />
      ) : null}
    </Viewer>
  );
}

/** So many are left before the first when those from before are asked for. */
const askAhead = 2;

/** The files one can step through, and where among them one is. */
function useFilesInRow({ files: given, start, goesOn }: GalleryRequest) {
  const confab = useConfab();
  const toasts = useToasts();
  const [{ files, more }, setRow] = useState({ files: given, more: goesOn });
  const [current, setCurrent] = useState(start);
  const index = Math.max(
    0,
    files.findIndex(({ file }) => file.id === current),
  );
  const first = files[0];
  const wanted = more && index < askAhead ? first : undefined;
  useEffect(() => {
    if (wanted === undefined) return;
    let gone = false;
    confab.files.list(wanted.room, { kind: 'picture', before: wanted.file.id }).then(
      (page) => {
        if (!gone) setRow((last) => ({ files: [...page.files.reverse(), ...last.files], more: page.more }));
      },
      (error: unknown) => {
        if (gone) return;
        setRow((last) => ({ ...last, more: false }));
        toasts.failed(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [confab, wanted, toasts]);
  const go = (by: number) => setCurrent(files[index + by]?.file.id ?? current);
  return { files, index, go, before: index > 0, after: index < files.length - 1 };
}
