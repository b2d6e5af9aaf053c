import { ArrowLeft } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useNavigation } from '../navigation.tsx';
import styles from './shell.module.css';

/** On a phone, where one column shows at a time: back to the room list. */
export function BackButton() {
  const { go } = useNavigation();
  return (
    <IconButton
      className={styles.back}
      label={t('Back to the room list')}
      icon={<ArrowLeft size={20} data-mirrored />}
      onClick={() => go({ page: 'home' })}
    />
  );
}
