import { useConfab, useStore } from '@confab/client/react';
import type { Message, Poll } from '@confab/protocol';
import { EyeOff } from 'lucide-react';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { PollOptionRow } from './poll-option-row.tsx';
import styles from './polls.module.css';
import { useClosePoll } from './use-close-poll.ts';

/** What can be voted for under a message, and how the vote stands. */
export default function PollCard({ message, poll }: { message: Message; poll: Poll }) {
  const confab = useConfab();
  const toasts = useToasts();
  const { me } = useSignedIn();
  const { readOnly, moderates } = useConversation();
  const own = useStore(confab.polls.own(message.id)) ?? [];
  const closePoll = useClosePoll();
  const closed = poll.closedAt !== undefined;
  const open = !closed && !readOnly;
  const most = Math.max(...(poll.tally ?? []).map(({ count }) => count), 0);
  const choose = (option: number) => {
    const others = poll.several ? own.filter((each) => each !== option) : [];
    const next = own.includes(option) ? others : [...others, option].sort((one, other) => one - other);
    toasts.attempt(next.length === 0 ? confab.polls.retract(message.id) : confab.polls.vote(message.id, next));
  };
  return (
    <fieldset className={styles.poll} aria-label={closed ? t('Poll, closed') : t('Poll')}>
      <p className={styles.how}>{poll.several ? t('Choose as many as you like') : t('Choose one')}</p>
      <ul className={styles.options}>
        {poll.options.map((option, index) => (
          <PollOptionRow
            key={option}
            message={message.id}
            poll={poll}
            place={index}
            chosen={own.includes(index)}
            leads={closed && most > 0 && poll.tally?.[index]?.count === most}
            onChoose={open ? () => choose(index) : null}
          />
        ))}
      </ul>
      <p className={styles.foot}>
        <span className={styles.voters}>{votersWords(poll.voters)}</span>
        {poll.anonymous ? (
          <span className={styles.fact}>
            <EyeOff size={13} aria-hidden /> {t('Nobody sees who voted')}
          </span>
        ) : null}
        {poll.hidden && !closed ? <span className={styles.fact}>{t('Results show when it is closed')}</span> : null}
        <span className={styles.fact}>{endWords(poll)}</span>
        {open && (message.author === me.id || moderates) ? (
          <Button look="quiet" size="small" onClick={() => closePoll(message.id)}>
            {t('Close poll')}
          </Button>
        ) : null}
      </p>
    </fieldset>
  );
}

function votersWords(voters: number): string {
  return t('{voters, plural, =0 {Nobody voted yet} one {# person voted} other {# people voted}}', { voters });
}

function endWords({ closedAt, closesAt }: Poll): string | null {
  if (closedAt !== undefined) return t('Closed on {time}', { time: formatDateTime(closedAt) });
  return closesAt === undefined ? null : t('Open until {time}', { time: formatDateTime(closesAt) });
}
