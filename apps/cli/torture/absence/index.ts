import type { ClientId, MessageId } from '@confab/protocol';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { historyFigures } from '../../history/history-figures.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import { Recorder } from '../../history/recorder.ts';
import { FollowingClient } from '../../load/following-client.ts';
import { LoadConnection } from '../../load/load-connection.ts';
import type { Population } from '../../load/population.ts';
import { TestBed } from '../../load/test-bed.ts';

/** Bar 16: someone is away while so many events happen, edits and deletes among them, and comes back to all of them. */
export const absences = [1, 41, 129, 100_000] as const;

export function run({ most }: { most: number }): Promise<Figure[]> {
  return TestBed.with({ members: 3, roomy: true }, async (bed) => {
    const figures: Figure[] = [];
    for (const events of absences) figures.push(...(await beAway(bed, Math.min(events, most))));
    return figures;
  });
}

async function beAway({ people, url }: TestBed, events: number): Promise<Figure[]> {
  const { api, token } = people.owner;
  const { room: made } = await api.call('room.create', {
    space: people.space,
    name: `away-${events}`,
    visibility: 'public',
  });
  const room = made.info.id;
  const recorder = new Recorder();
  const away = new FollowingClient({ url, token, name: 'away', room, recorder });
  await away.start();
  await away.leave();
  const left = away.last;
  await happen({ ...people, room }, url, events, recorder);
  const log = await readFinalLog(api, room, recorder);
  const head = log.at(-1)?.seq ?? 0;
  const startedMs = performance.now();
  away.comeBack();
  while (away.last < head && performance.now() - startedMs < 120_000) await new Promise((done) => setTimeout(done, 5));
  const tookMs = performance.now() - startedMs;
  recorder.settled(away.name, `room:${room}`, head);
  away.stop();
  const named = (name: string) => log.filter(({ event }) => event === name).length;
  const edited = named('message.edited');
  const deleted = named('message.deleted');
  return [
    atLeast(`missed of ${events.toLocaleString('en')}`, head - left, events),
    told('  edits and deletes among them', `${edited} and ${deleted}`),
    told('  back and complete after', tookMs, 'ms'),
    atMost('  events not seen', head - away.last, 0),
    atMost('  texts told of deleted messages', deletedTexts(recorder), 0),
    ...historyFigures(recorder.records).filter(({ target, ok }) => target !== undefined || !ok),
  ];
}

/** [L13]: whoever was away when a message was deleted never sees its text. */
function deletedTexts({ records }: Recorder): number {
  const wiped = new Set(records.flatMap((record) => (record.kind === 'final' && record.wiped ? [record.seq] : [])));
  const told = records.filter((record) => record.kind === 'seen' && wiped.has(record.seq));
  return told.filter((record) => record.kind === 'seen' && /"text":"[^"]/.test(record.text)).length;
}

/** Fewer than the posts that wait to be edited or deleted, once it has begun. */
const atOnce = 10;

/** `count` events: of ten, seven posts, two edits and a delete. */
async function happen({ owner, room }: Population, url: string, count: number, recorder: Recorder): Promise<void> {
  const connection = await LoadConnection.open(url, owner.token);
  const posted: MessageId[] = [];
  const act = async (index: number) => {
    const kind = index % 10;
    const message = kind === 3 || kind === 6 || kind === 9 ? posted.shift() : undefined;
    if (message === undefined) {
      const clientId = `event-${index}` as ClientId;
      recorder.sent('present', `room:${room}`, clientId);
      const { id, seq } = await connection.call('message.post', { room, clientId, text: `Event ${index}.` });
      recorder.acknowledged('present', `room:${room}`, clientId, seq);
      posted.push(id);
    } else if (kind === 9) await connection.call('message.delete', { message });
    else {
      await connection.call('message.edit', { message, text: `Edited as event ${index}.` });
      posted.push(message);
    }
  };
  for (let index = 0; index < count; ) {
    const batch = Array.from({ length: Math.min(atOnce, count - index) }, (_, offset) => act(index + offset));
    index += batch.length;
    await Promise.all(batch);
  }
  connection.destroy();
}
