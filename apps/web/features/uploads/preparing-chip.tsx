import type { ChosenFile } from '@confab/client';
import { t } from '../../language/sentences.ts';
import { UploadName } from './upload-name.tsx';
import { UploadPicture } from './upload-picture.tsx';
import styles from './upload-tray.module.css';

/** A recording that this device still looks into: for a moment. */
export function PreparingChip({ file }: { file: ChosenFile }) {
  return (
    <li className={styles.chip}>
      <UploadPicture data={file.data} type={file.data.type} />
      <span className={styles.about}>
        <UploadName name={file.name} />
        <span className={styles.state}>{t('Is being prepared…')}</span>
      </span>
    </li>
  );
}
