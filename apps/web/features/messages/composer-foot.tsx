import type { RoomId } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { TypingLine } from '../typing/typing-line.tsx';
import styles from './composer.module.css';

/** The counter shows when fewer characters than this are left. */
const counterBelow = 500;

interface ComposerFootProps {
  room: RoomId;
  left: number;
  /** Why what was tried did not work. */
  mistake: string | null;
}

/** Beneath the composer: who is typing, and how much still fits. */
export function ComposerFoot({ room, left, mistake }: ComposerFootProps) {
  return (
    <div className={styles.foot}>
      {mistake === null ? (
        <TypingLine room={room} />
      ) : (
        <p className={styles.mistake} role="alert">
          {mistake}
        </p>
      )}
      {left < counterBelow ? (
        <span className={left < 0 ? styles.over : styles.counter} role="status">
          {left < 0
            ? t('{count, plural, one {# character too long} other {# characters too long}}', { count: -left })
            : t('{count, plural, one {# character left} other {# characters left}}', { count: left })}
        </span>
      ) : null}
    </div>
  );
}
