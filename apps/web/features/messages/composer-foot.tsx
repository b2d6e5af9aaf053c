import type { RoomId } from '@confab/protocol';
import { TypingLine } from '../typing/typing-line.tsx';
import styles from './composer.module.css';

/** The counter shows when fewer characters than this are left. */
const counterBelow = 500;

/** Beneath the composer: who is typing, and how much still fits. */
export function ComposerFoot({ room, left }: { room: RoomId; left: number }) {
  return (
    <div className={styles.foot}>
      <TypingLine room={room} />
      {left < counterBelow ? (
        <span className={left < 0 ? styles.over : styles.counter} role="status">
          {left < 0 ? `${-left} characters too long` : `${left} characters left`}
        </span>
      ) : null}
    </div>
  );
}
