import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { useAction } from '../../app/use-action.ts';
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
        legend="Who posts, pins and sets the topic"
        value={whoPosts}
        options={[
          { value: 'all', label: 'Everyone', hint: 'All members of the room' },
          { value: 'moderators', label: 'Moderators', hint: 'The others read and react' },
        ]}
        onChange={(next) => (next === whoPosts ? undefined : void run({ whoPosts: next }))}
      />
      <SelectField
        label="Slow mode"
        hint="How long everyone waits between two messages. Moderators do not."
        value={`${slowModeMs}`}
        options={[
          { value: off, label: 'Off' },
          ...known.map((ms) => ({ value: `${ms}`, label: `One message every ${formatWait(ms)}` })),
        ]}
        onChange={(next) => void run({ slowModeMs: Number(next) })}
      />
    </>
  );
}
