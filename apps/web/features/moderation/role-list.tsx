import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { roleNames } from '../spaces/role-names.ts';
import styles from './moderation.module.css';

/** What each role may do. */
export function RoleList() {
  const { go } = useNavigation();
  return (
    <>
      <dl className={styles.roles}>
        {roleNames().map(({ value, label, may }) => (
          <div key={value}>
            <dt>{label}</dt>
            <dd>{may}</dd>
          </div>
        ))}
      </dl>
      <Button className={styles.start} onClick={() => go({ page: 'space' })}>
        {t('Show members and their roles')}
      </Button>
    </>
  );
}
