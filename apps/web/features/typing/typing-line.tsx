import { useConfab, useStore } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
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
              <Trans
                sentence={sentence('<person/> is typing…')}
                parts={{ person: () => <PersonName user={first} /> }}
              />
            ) : others.length === 0 ? (
              <Trans
                sentence={sentence('<first/> and <second/> are typing…')}
                parts={{ first: () => <PersonName user={first} />, second: () => <PersonName user={second} /> }}
              />
            ) : (
              t('{count, plural, one {# person is typing…} other {# people are typing…}}', { count: others.length + 2 })
            )}
          </span>
        </>
      )}
    </p>
  );
}
