import type { MessageId, Poll } from '@confab/protocol';
import { Check } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import styles from './polls.module.css';

interface PollOptionRowProps {
  message: MessageId;
  poll: Poll;
  /** Of the option among the others. */
  place: number;
  /** One voted for it. */
  chosen: boolean;
  /** It has the most votes, and that is how it ended. */
  leads: boolean;
  /** `null` where nobody can vote any more. */
  onChoose: (() => void) | null;
}

const percent = perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));

/** Faces at an option; more are counted. */
const shownFaces = 3;

export function PollOptionRow({ message, poll, place, chosen, leads, onChoose }: PollOptionRowProps) {
  const dialogs = useDialogs();
  const option = poll.options[place] ?? '';
  const tally = poll.tally?.[place];
  const share = tally && poll.voters > 0 ? tally.count / poll.voters : 0;
  const words = tally === undefined ? '' : t('{count, plural, one {# vote} other {# votes}}', { count: tally.count });
  const users = tally?.users ?? [];
  const showVoters = () =>
    dialogs.open({ kind: 'voters', message, options: poll.options, tally: poll.tally ?? [], place });
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={classNames(styles.option, leads && styles.leads)}
        aria-pressed={chosen}
        disabled={onChoose === null}
        onClick={onChoose ?? undefined}
      >
        {tally === undefined ? null : (
          <span className={styles.bar} style={{ inlineSize: `${share * 100}%` }} aria-hidden />
        )}
        <span className={styles.mark} data-several={poll.several} aria-hidden>
          {chosen ? <Check size={13} strokeWidth={3} /> : null}
        </span>
        <bdi className={styles.text}>{option}</bdi>
        {tally === undefined ? null : (
          <span className={styles.share} aria-hidden>
            {percent().format(share)}
          </span>
        )}
        <span className={styles.spoken}>{words}</span>
      </button>
      {users.length > 0 && !poll.anonymous ? (
        <button
          type="button"
          className={styles.faces}
          aria-label={t('Who voted for “{option}”: {votes}', { option, votes: words })}
          data-tooltip={words}
          onClick={showVoters}
        >
          {users.slice(0, shownFaces).map((user) => (
            <PersonAvatar key={user} user={user} size="tiny" />
          ))}
          {(tally?.count ?? 0) > shownFaces ? (
            <span className={styles.more}>+{(tally?.count ?? 0) - shownFaces}</span>
          ) : null}
        </button>
      ) : null}
    </li>
  );
}
