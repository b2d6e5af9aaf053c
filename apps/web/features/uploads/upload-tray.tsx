import type { ChosenFile, Upload } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { formatSize } from '../files/file-words.ts';
import { PreparingChip } from './preparing-chip.tsx';
import { UploadChip } from './upload-chip.tsx';
import styles from './upload-tray.module.css';

interface UploadTrayProps {
  attached: readonly Upload[];
  /** Chosen a moment ago, and looked into first. */
  preparing: readonly ChosenFile[];
  /** Nothing is left: the focus goes there. */
  onEmpty: () => void;
}

/** What goes with the message that is being written, over its text. */
export default function UploadTray({ attached, preparing, onEmpty }: UploadTrayProps) {
  const confab = useConfab();
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrent] = useState<string | null>(null);
  const current = attached.find(({ id }) => id === currentId) ?? attached[0];

  const focusOn = (id: string | undefined) => {
    if (id === undefined) return onEmpty();
    setCurrent(id);
    list.current?.querySelector<HTMLElement>(`[data-upload="${id}"]`)?.focus();
  };
  const discard = (upload: Upload) => {
    const index = attached.indexOf(upload);
    confab.files.discard(upload.id);
    focusOn((attached[index + 1] ?? attached[index - 1])?.id);
  };
  const move = (upload: Upload, by: 1 | -1) => {
    const index = attached.indexOf(upload);
    const before = by === -1 ? attached[index - 1] : attached[index + 2];
    if (attached[index + by] === undefined) return;
    confab.files.move(upload.id, before?.id ?? null);
    setCurrent(upload.id);
  };
  /** In the reading direction or downwards: the next. */
  const press = (event: KeyboardEvent, upload: Upload) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isRight = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isRight, ArrowLeft: -isRight }[event.key];
    const onChip = event.target === event.currentTarget;
    if (by !== undefined && event.shiftKey) move(upload, by as 1 | -1);
    else if (by !== undefined && onChip) focusOn(attached[attached.indexOf(upload) + by]?.id ?? upload.id);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && onChip) discard(upload);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const count = attached.length + preparing.length;
  return (
    <section className={styles.tray} aria-label={t('Attached files')}>
      {count > 1 ? (
        <div className={styles.head}>
          <span>{summary(attached, preparing)}</span>
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              for (const { id } of attached) confab.files.discard(id);
              onEmpty();
            }}
          >
            {t('Remove all')}
          </Button>
        </div>
      ) : null}
      <ul ref={list} className={styles.list}>
        {attached.map((upload, index) => (
          <UploadChip
            key={upload.id}
            upload={upload}
            isCurrent={upload === current}
            isFirst={index === 0}
            isLast={index === attached.length - 1}
            onCurrent={() => setCurrent(upload.id)}
            onDiscard={() => discard(upload)}
            onMove={(by) => move(upload, by)}
            onDropBefore={(id) => confab.files.move(id, upload.id)}
            onKeyDown={(event) => press(event, upload)}
          />
        ))}
        {preparing.map((file) => (
          <PreparingChip key={file.name} file={file} />
        ))}
      </ul>
      <p className={styles.spoken} role="status">
        {spokenState(attached, count)}
      </p>
    </section>
  );
}

function summary(attached: readonly Upload[], preparing: readonly ChosenFile[]): string {
  const count = attached.length + preparing.length;
  const bytes = [...attached, ...preparing.map(({ data }) => data)].reduce((sum, { size }) => sum + size, 0);
  return t('{count, plural, one {# file, {size}} other {# files, {size}}}', { count, size: formatSize(bytes) });
}

/** Told when files come and when all have arrived, not with every byte. */
function spokenState(attached: readonly Upload[], count: number): string {
  const failed = attached.filter(({ status }) => status === 'failed' || status === 'lost').length;
  if (failed > 0)
    return t('{count, plural, one {# file could not be sent.} other {# files could not be sent.}}', { count: failed });
  const isWhole = attached.length === count && attached.every(({ status }) => status === 'arrived');
  return isWhole
    ? t('{count, plural, one {# file is attached and ready.} other {# files are attached and ready.}}', { count })
    : t('{count, plural, one {# file is attached.} other {# files are attached.}}', { count });
}
