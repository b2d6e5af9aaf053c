import { limits } from '@confab/protocol/limits.ts';
import { ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './space-emoji.module.css';

export interface ChosenPicture {
  /** As base64. */
  readonly file: string;
  /** To show it by. */
  readonly address: string;
}

interface PictureFieldProps {
  chosen: ChosenPicture | null;
  onChoose: (picture: ChosenPicture | null) => void;
  /** What the file's name makes of a name. */
  onName: (name: string) => void;
}

const kinds = 'image/png,image/apng,image/gif,image/webp';

const nameOf = (file: string): string =>
  file
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9_+-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, limits.customEmojiNameChars);

/** Chooses a picture from the device. What it is the server finds by its bytes. */
export function PictureField({ chosen, onChoose, onName }: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (file: File) => {
    setProblem(null);
    onChoose(null);
    if (file.size > limits.customEmojiBytes) {
      setProblem(t('The picture is too large: at most {size} KiB.', { size: limits.customEmojiBytes / 1024 }));
      return;
    }
    const address = await dataAddress(file);
    onChoose({ file: address.slice(address.indexOf(',') + 1), address });
    onName(nameOf(file.name));
  };
  return (
    <>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <div className={styles.chosen}>
        <input
          ref={input}
          type="file"
          hidden
          accept={kinds}
          aria-label={t('Picture')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void choose(file);
          }}
        />
        <Button icon={<ImagePlus size={16} aria-hidden />} onClick={() => input.current?.click()}>
          {t('Choose a picture')}
        </Button>
        {chosen ? <img src={chosen.address} alt={t('What you chose')} /> : <span>{t('PNG, GIF or WebP')}</span>}
      </div>
    </>
  );
}

function dataAddress(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
