import type { Mute } from '@confab/protocol';
import composer from '../messages/composer.module.css';
import { formatDateTime } from '../messages/format-time.ts';
import type { Silence } from './use-silence.ts';

function sentence({ room, until }: Mute): string {
  if (until === null) {
    return room === null ? 'A moderator muted you in this space.' : 'A moderator muted you in this room.';
  }
  const end = formatDateTime(until);
  return room === null
    ? `A moderator muted you in this space until ${end}.`
    : `A moderator muted you in this room until ${end}.`;
}

/** Stands where the composer was. */
export default function SilentComposer({ silence }: { silence: NonNullable<Silence> }) {
  if (silence === 'read-only') {
    return <div className={composer.closed}>You can read here. Only those who look after this room write in it.</div>;
  }
  return (
    <div className={composer.closed} role="status">
      <p>{sentence(silence)}</p>
      <p dir="auto">{silence.reason}</p>
    </div>
  );
}
