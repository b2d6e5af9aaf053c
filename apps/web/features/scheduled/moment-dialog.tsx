import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './moment-dialog.module.css';
import { fieldTime, fieldValue, momentsAfter } from './moments.ts';

export interface MomentRequest {
  title: string;
  /** What happens at the time that is chosen. */
  description: string;
  /** Of the button beside one's own time. */
  action: string;
  /** What stands in the field at first (Unix ms); unless told, an hour from now. */
  from?: number;
  /** `at`: Unix milliseconds. */
  run: (at: number) => Promise<unknown>;
}

/** Asks for a time: one of those that are often meant, or any other. */
export default function MomentDialog({
  title,
  description,
  action,
  from,
  run,
  onClose,
}: MomentRequest & { onClose: () => void }) {
  const [now] = useState(() => Date.now());
  const [own, setOwn] = useState(() => fieldValue(Math.max(from ?? 0, now + 3_600_000)));
  const choose = useAction(async (at: number) => {
    await run(at);
    onClose();
  });
  const at = fieldTime(own);
  const possible = at !== null && at > Date.now() && at < Date.now() + limits.scheduleAheadMs;
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      {choose.failure ? <Banner tone="danger">{choose.failure}</Banner> : null}
      <ul className={styles.moments}>
        {momentsAfter(now).map((moment) => (
          <li key={moment.label}>
            <button
              type="button"
              className={styles.moment}
              disabled={choose.busy}
              onClick={() => void choose.run(moment.at)}
            >
              <span>{moment.label}</span>
              <time className={styles.time}>{formatDateTime(moment.at)}</time>
            </button>
          </li>
        ))}
      </ul>
      <form
        className={styles.own}
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) void choose.run(at);
        }}
      >
        <TextField
          className={styles.grow}
          label={t('Another time')}
          type="datetime-local"
          error={possible || own === '' ? null : t('Choose a time between now and a year from now.')}
          min={fieldValue(now)}
          max={fieldValue(now + limits.scheduleAheadMs)}
          value={own}
          onChange={(event) => setOwn(event.target.value)}
        />
        <Button type="submit" look="primary" busy={choose.busy} disabled={!possible}>
          {action}
        </Button>
      </form>
    </Dialog>
  );
}
