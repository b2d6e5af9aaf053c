import { useConfab } from '@confab/client/react';
import type { Reminder } from '@confab/protocol';
import { AlarmClock } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Button } from '../../ui/button.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { messageLine } from '../messages/one-line.ts';
import styles from './reminders.module.css';

/** What one wanted to be told of again, and what can be done about it. */
export default function DueReminder({ reminder, others }: { reminder: Reminder; others: number }) {
  const { message: id, room } = reminder;
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { go } = useNavigation();
  const loaded = useLoaded(() => confab.call('message.show', { message: id }), id);
  const message = loaded.status === 'ready' ? loaded.value.message : null;
  const later = () =>
    dialogs.open({
      kind: 'moment',
      title: t('Remind me again'),
      description: t('You are told of this message again at this time. Nobody else is.'),
      action: t('Remind me'),
      run: (at) => confab.reminders.set(id, at),
    });
  return (
    <section className={styles.bar} aria-label={t('Reminder')}>
      <AlarmClock className={styles.icon} size={16} aria-hidden />
      <p className={styles.words}>
        {message === null ? (
          t('A message that you wanted to be reminded of.')
        ) : (
          <Trans
            sentence={sentence('<person/>: <said/>')}
            parts={{
              person: () => (
                <strong>
                  <PersonName user={message.author} />
                </strong>
              ),
              said: () => (
                <bdi>{message.deletedAt === null ? messageLine(message) : t('This message was deleted.')}</bdi>
              ),
            }}
          />
        )}
      </p>
      <span className={styles.actions}>
        {others === 0 ? null : (
          <Button size="small" look="quiet" onClick={() => go({ page: 'saved' })}>
            {t('{count, plural, one {# more} other {# more}}', { count: others })}
          </Button>
        )}
        <Button size="small" look="quiet" onClick={() => go({ page: 'message', room, message: id })}>
          {t('Open')}
        </Button>
        <Button size="small" look="quiet" onClick={later}>
          {t('Later')}
        </Button>
        <Button size="small" onClick={() => toasts.attempt(confab.reminders.remove(id))}>
          {t('Done')}
        </Button>
      </span>
    </section>
  );
}
