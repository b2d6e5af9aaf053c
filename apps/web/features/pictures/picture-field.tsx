import { ImagePlus, Trash2 } from 'lucide-react';
import { type DragEvent, type ReactNode, Suspense, useRef, useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { lazy } from '../../ui/lazy.ts';
import styles from './picture-field.module.css';

const PictureCropper = lazy(() => import('./picture-cropper.tsx'));

interface PictureFieldProps {
  /** How it looks now. */
  children: ReactNode;
  /** Whether there is a picture that can be taken away. */
  pictured: boolean;
  /** With `null` it is taken away. */
  onSet: (picture: Blob | null) => Promise<unknown>;
}

/** Chooses the picture of oneself, a room or a space: a file that is picked or dropped, of which a square is cut out. */
export function PictureField({ children, pictured, onSet }: PictureFieldProps) {
  const toasts = useToasts();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const [chosen, setChosen] = useState<{ picture: ImageBitmap; turn: number } | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const choose = async (file: File) => {
    setUnreadable(false);
    try {
      const picture = await createImageBitmap(file);
      setChosen((before) => ({ picture, turn: (before?.turn ?? 0) + 1 }));
    } catch {
      setUnreadable(true);
    }
  };
  const end = () => {
    setChosen(null);
    chooser.current?.focus();
  };
  const removing = useAction(async () => {
    await onSet(null);
    toasts.done(t('The picture was removed.'));
    chooser.current?.focus();
  });
  const save = async (picture: Blob) => {
    await onSet(picture);
    toasts.done(t('The picture was changed.'));
    end();
  };
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={classNames(styles.field, over && styles.over)}
      aria-label={t('Picture')}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        setOver(false);
        if (file === undefined) return;
        event.preventDefault();
        void choose(file);
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        aria-label={t('Picture')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file can be chosen again.
          if (file) void choose(file).finally(() => (target.value = ''));
        }}
      />
      <div className={styles.line}>
        {children}
        <div className={styles.ways}>
          <Button ref={chooser} icon={<ImagePlus size={16} aria-hidden />} onClick={() => input.current?.click()}>
            {t('Choose a picture')}
          </Button>
          {pictured ? (
            <Button
              look="quiet"
              icon={<Trash2 size={16} aria-hidden />}
              busy={removing.busy}
              onClick={() => removing.run()}
            >
              {t('Remove picture')}
            </Button>
          ) : null}
          <p className={styles.hint}>{t('Or drop one here.')}</p>
        </div>
      </div>
      {removing.failure ? <Banner tone="danger">{removing.failure}</Banner> : null}
      {unreadable ? (
        <Banner tone="danger">{t('This file cannot be shown as a picture. Choose another one.')}</Banner>
      ) : null}
      {chosen ? (
        <Suspense fallback={null}>
          {/* Another one begins anew. */}
          <PictureCropper key={chosen.turn} picture={chosen.picture} onSave={save} onCancel={end} />
        </Suspense>
      ) : null}
    </section>
  );
}
