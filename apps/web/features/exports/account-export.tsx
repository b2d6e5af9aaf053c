import { useConfab } from '@confab/client/react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ExportList } from './export-list.tsx';
import styles from './exports.module.css';

/** Everything that is one's own, to take along. */
export function AccountExport() {
  const confab = useConfab();
  const { run, busy, failure } = useAction(() => confab.exports.account());
  return (
    <div className={styles.part}>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <ExportList shows={() => true} />
      <Button busy={busy} onClick={() => run()}>
        {t('Put my data together')}
      </Button>
    </div>
  );
}
