import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Choice } from '../../ui/choice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { formatWait } from './format-wait.ts';

const off = '0';
const waitsMs = [5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 6 * 3_600_000];

type WhoPosts = 'all' | 'moderators';

/** Who posts in a room, and how often. */
export function RoomRules({ room }: { room: RoomState }) {
  const confab = useConfab();
  const { id, slowModeMs = 0, whoPosts = 'all' } = room.info;
  const { run, failure } = useAction((rules: { slowModeMs?: number; whoPosts?: WhoPosts }) =>
    confab.call('room.set-rules', { room: id, slowModeMs, whoPosts, ...rules }),
  );
  const known = waitsMs.includes(slowModeMs) || slowModeMs === 0 ? waitsMs : [slowModeMs, ...waitsMs];
  return (
    <>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <Choice<WhoPosts>
        legend={t('Who posts, pins and sets the topic')}
        value={whoPosts}
        options={[
          { value: 'all', label: t('Everyone'), hint: t('All members of the room') },
          { value: 'moderators', label: t('Moderators'), hint: t('The others read and react') },
        ]}
        onChange={(next) => (next === whoPosts ? undefined : void run({ whoPosts: next }))}
      />
      <SelectField
        label={t('Slow mode')}
        hint={t('How long everyone waits between two messages. Moderators do not.')}
        value={`${slowModeMs}`}
        options={[
          { value: off, label: t('Off') },
          ...known.map((ms) => ({ value: `${ms}`, label: t('One message every {wait}', { wait: formatWait(ms) }) })),
        ]}
        onChange={(next) => void run({ slowModeMs: Number(next) })}
      />
    </>
  );
}
