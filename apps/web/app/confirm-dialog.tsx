import { t } from '../language/sentences.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useAction } from './use-action.ts';

interface ConfirmDialogProps {
  title: string;
  text: string;
  /** The verb on the button, such as “Delete”. */
  action: string;
  run: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once more before something that cannot be taken back. */
export default function ConfirmDialog({ title, text, action, run, onClose }: ConfirmDialogProps) {
  const work = useAction(async () => {
    await run();
    onClose();
  });
  return (
    <Dialog title={title} description={text} onClose={onClose}>
      {work.failure ? <Banner tone="danger">{work.failure}</Banner> : null}
      <DialogActions>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button look="danger" busy={work.busy} onClick={() => work.run()} autoFocus>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
