import type { Mute } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import composer from '../messages/composer.module.css';
import { formatDateTime } from '../messages/format-time.ts';
import type { Silence } from './use-silence.ts';

function mutedWords({ room, until }: Mute): string {
  if (until === null) {
    return room === null ? t('A moderator muted you in this space.') : t('A moderator muted you in this room.');
  }
  const time = formatDateTime(until);
  return room === null
    ? t('A moderator muted you in this space until {time}.', { time })
    : t('A moderator muted you in this room until {time}.', { time });
}

/** Stands where the composer was. */
export default function SilentComposer({ silence }: { silence: NonNullable<Silence> }) {
  if (silence === 'read-only') {
    return (
      <div className={composer.closed}>{t('You can read here. Only those who look after this room write in it.')}</div>
    );
  }
  return (
    <div className={composer.closed} role="status">
      <p>{mutedWords(silence)}</p>
      <p dir="auto">{silence.reason}</p>
    </div>
  );
}
