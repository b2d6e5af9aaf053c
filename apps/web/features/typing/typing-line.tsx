import { useConfab, useStore } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { PersonName } from '../accounts/person-name.tsx';
import styles from './typing-line.module.css';

/** Who is typing. Keeps its height when nobody is, so that nothing moves. */
export function TypingLine({ room }: { room: RoomId }) {
  const [first, second, ...others] = useStore(useConfab().rooms.typing(room));
  return (
    <p className={styles.line}>
      {first === undefined ? null : (
        <>
          <span className={styles.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <span className={styles.words}>
            {second === undefined ? (
              <>
                <PersonName user={first} /> is typing…
              </>
            ) : others.length === 0 ? (
              <>
                <PersonName user={first} /> and <PersonName user={second} /> are typing…
              </>
            ) : (
              `${others.length + 2} people are typing…`
            )}
          </span>
        </>
      )}
    </p>
  );
}
