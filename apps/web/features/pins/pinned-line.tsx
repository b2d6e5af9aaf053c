import type { Message } from '@confab/protocol';
import { Pin } from 'lucide-react';
import { sentence } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './pins.module.css';

/** Under a message that is pinned: who did so. */
export function PinnedLine({ message: { pinned } }: { message: Message }) {
  if (pinned === undefined) return null;
  return (
    <p className={styles.pinned} title={formatDateTime(pinned.at)}>
      <Pin size={12} aria-hidden />
      <span>
        <Trans sentence={sentence('Pinned by <person/>')} parts={{ person: () => <PersonName user={pinned.by} /> }} />
      </span>
    </p>
  );
}
