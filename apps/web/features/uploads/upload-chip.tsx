import type { Upload } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { ArrowDown, ArrowUp, Captions, Ellipsis, RotateCw, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { formatPercent, progressText, shareOf } from './progress-text.ts';
import { UploadName } from './upload-name.tsx';
import { UploadPicture } from './upload-picture.tsx';
import styles from './upload-tray.module.css';
import { VoicePreview } from './voice/voice-preview.tsx';

/** What is dragged within a tray, so that nothing else is taken for it. */
const draggedType = 'application/x-confab-upload';

interface UploadChipProps {
  upload: Upload;
  /** The one that Tab stops at. */
  isCurrent: boolean;
  isFirst: boolean;
  isLast: boolean;
  onCurrent: () => void;
  onDiscard: () => void;
  onMove: (by: 1 | -1) => void;
  onDropBefore: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One attached file: what it is, how far it has come, and what can be done with it. */
export function UploadChip(props: UploadChipProps) {
  const { upload, isCurrent, onCurrent, onDiscard, onDropBefore, onKeyDown } = props;
  const { id, name, type, status, about, description } = upload;
  const confab = useConfab();
  const data = confab.files.data(id);
  const [isTarget, setTarget] = useState(false);
  const isWrong = status === 'failed' || status === 'lost';
  const share = shareOf(upload);
  const state = progressText(upload);
  return (
    <li
      className={classNames(styles.chip, isWrong && styles.wrong, isTarget && styles.target)}
      data-upload={id}
      data-status={status}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={status === 'sending' ? `${name}, ${formatPercent(share)}` : `${name}, ${state}`}
      onFocus={onCurrent}
      onKeyDown={onKeyDown}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(draggedType, id)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(draggedType)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false);
        const dragged = event.dataTransfer.getData(draggedType);
        if (dragged === '') return;
        event.preventDefault();
        if (dragged !== id) onDropBefore(dragged);
      }}
    >
      {about.voice && data !== null ? (
        <VoicePreview data={data} about={about} />
      ) : (
        <>
          <UploadPicture data={data} type={type} />
          <span className={styles.about}>
            <UploadName name={name} />
            <span className={styles.state}>
              {state}
              {description === '' ? null : (
                <Captions size={13} className={styles.described} role="img" aria-label={t('Described')} />
              )}
            </span>
          </span>
        </>
      )}
      <ChipActions {...props} />
      <IconButton
        size="small"
        label={t('Remove {file}', { file: name })}
        icon={<X size={16} />}
        tabIndex={isCurrent ? 0 : -1}
        onClick={onDiscard}
      />
      {status === 'arrived' || isWrong ? null : (
        <span className={styles.progress} aria-hidden>
          <span className={styles.done} style={{ inlineSize: `${share * 100}%` }} />
        </span>
      )}
    </li>
  );
}

function ChipActions({ upload, isCurrent, isFirst, isLast, onMove }: UploadChipProps) {
  const { id, name, type, status, about, description } = upload;
  const confab = useConfab();
  const dialogs = useDialogs();
  const again = useRef<HTMLInputElement>(null);
  const tabIndex = isCurrent ? 0 : -1;
  if (status === 'lost') {
    return (
      <>
        <input
          ref={again}
          type="file"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) confab.files.retry(id, file);
          }}
        />
        <Button size="small" tabIndex={tabIndex} onClick={() => again.current?.click()}>
          {t('Choose again')}
        </Button>
      </>
    );
  }
  if (status === 'failed') {
    return upload.error?.code === 'file-too-large' || upload.error?.code === 'file-refused' ? null : (
      <IconButton
        size="small"
        label={t('Send {name} again', { name })}
        icon={<RotateCw size={16} />}
        tabIndex={tabIndex}
        onClick={() => confab.files.retry(id)}
      />
    );
  }
  const entries: MenuEntry[] = [];
  if (/^(image|video)\//.test(type)) {
    entries.push({
      kind: 'action',
      label: description === '' ? t('Describe it') : t('Change the description'),
      icon: <Captions size={16} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'describe-upload', upload: id }),
    });
  }
  const move = (label: string, by: 1 | -1) =>
    entries.push({
      kind: 'action',
      label,
      icon: by === 1 ? <ArrowDown size={16} aria-hidden /> : <ArrowUp size={16} aria-hidden />,
      onSelect: () => onMove(by),
    });
  if (!isFirst) move(t('Move forward'), -1);
  if (!isLast) move(t('Move back'), 1);
  if (about.voice || entries.length === 0) return null;
  return (
    <Menu
      side="top"
      align="end"
      clipped
      trigger={
        <IconButton
          size="small"
          label={t('More for {name}', { name })}
          icon={<Ellipsis size={16} />}
          tabIndex={tabIndex}
        />
      }
      groups={[entries]}
    />
  );
}
