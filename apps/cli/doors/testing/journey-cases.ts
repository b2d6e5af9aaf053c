import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inhabitant } from '../../load/population.ts';
import { patiently } from '../../load/population.ts';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from '../door-client.ts';
import { JourneyBed, type JourneyBedOptions } from '../journey-bed.ts';

let bed: JourneyBed;

/** The journey suite over these doors; once in a test file. */
export function describeJourneys(doors: readonly DoorKind[], options: JourneyBedOptions = {}): void {
  beforeAll(async () => {
    bed = await JourneyBed.open(doors.length, options);
  }, 240_000);
  afterAll(() => bed?.close());

  describe.each(doors.map((door) => [door.name, door] as const))('[C4] over %s', (_, door) => describeDoor(door));
  describe('all doors at once', () => describeTogether(doors));
}

async function joined(
  door: DoorKind,
  room: string,
  person?: Inhabitant,
): Promise<{ client: DoorClient; target: DoorTarget }> {
  const target = bed.target(person ?? (await bed.person(room)), room);
  const client = await door.connect(target);
  bed.clients.push(client);
  return { client, target };
}

const texts = (messages: readonly SeenMessage[]) => messages.map(({ text }) => text);

/** Waits until a client saw a text; then everything before it must have been seen as well. */
async function untilSeen(client: DoorClient, text: string): Promise<void> {
  await bed.until(
    () => texts(client.seen).includes(text),
    () => `${text} to be seen; seen: ${texts(client.seen).slice(-5)}`,
  );
}

/** What the log says, from the first message that the client saw on. */
async function expectWholeLog(client: DoorClient, room: string): Promise<void> {
  const posted = await bed.posted(room);
  const first = client.seen[0]?.seq ?? 0;
  expect(client.seen).toEqual(posted.filter(({ seq }) => seq >= first));
}

function describeDoor(door: DoorKind): void {
  test('everyone sees what it posts, and it sees what everyone posts, once and in one order', async () => {
    const room = await bed.room();
    const [{ client }, { client: other }] = [await joined(door, room), await joined(door, room)];
    for (let index = 0; index < 5; index += 1) {
      await Promise.all([client.post(`one ${index}`, randomUUID()), other.post(`two ${index}`, randomUUID())]);
      await bed.post(room, `three ${index}`);
    }
    await bed.post(room, 'the end');
    await Promise.all([untilSeen(client, 'the end'), untilSeen(other, 'the end')]);
    await expectWholeLog(client, room);
    expect(client.seen).toHaveLength(16);
    expect(other.seen).toEqual(client.seen);
  });

  test('[L2] a send that is repeated is the same message', async () => {
    const room = await bed.room();
    const { client } = await joined(door, room);
    const clientId = randomUUID();
    await client.post('said once', clientId);
    await client.post('said once', clientId);
    await client.post('the end', randomUUID());
    await untilSeen(client, 'the end');
    expect(texts(client.seen)).toEqual(
      door.repeatsSafely ? ['said once', 'the end'] : expect.arrayContaining(['said once', 'the end']),
    );
    await expectWholeLog(client, room);
  });

  test('[L7] a text of any script, with line feeds and quotes, arrives as it was sent', async () => {
    const room = await bed.room();
    const { client } = await joined(door, room);
    const text = 'Line one\nline "two" \\ 日本語 🎨 \u2028 <b>&amp;</b>';
    await client.post(text, randomUUID());
    await untilSeen(client, text);
    expect(client.seen.at(-1)?.text).toBe(text);
  });

  test('[L4] [L7] what was posted while it was cut off is not missing afterwards, and nothing comes twice', async () => {
    const room = await bed.room();
    const { client } = await joined(door, room);
    await client.post('before', randomUUID());
    await untilSeen(client, 'before');
    await client.cut();
    for (let index = 0; index < 45; index += 1) await bed.post(room, `away ${index}`);
    await client.comeBack();
    await client.post('after', randomUUID());
    await untilSeen(client, 'after');
    if (door.afterAbsence === 'none') await expectWholeLog(client, room);
    else expect(texts(client.seen)).toEqual(['before', 'after']);
  });

  test('[C5] what is refused is refused with its code, and nothing is stored', async () => {
    const room = await bed.room();
    const { client } = await joined(door, room);
    await expect(client.post('x'.repeat(10_001), randomUUID())).rejects.toThrow('text-too-long');
    await expect(client.post('   ', randomUUID())).rejects.toThrow('text-empty');
    expect(await bed.posted(room)).toEqual([]);
  });

  test('[L10] [L11] a room of others is not there', async () => {
    const room = await bed.room('private');
    const stranger = await bed.person(await bed.room());
    const outcome = await door
      .connect(bed.target(stranger, room))
      .then(
        async (client) => {
          bed.clients.push(client);
          return client.post('let me in', randomUUID());
        },
        (error: unknown) => Promise.reject(error),
      )
      .catch((error: Error) => error.message);
    expect(outcome).toBe('not-found');
    expect(await bed.posted(room)).toEqual([]);
  });

  test('[H8] a session that is signed out hears nothing more and is not let in again', async () => {
    const room = await bed.room();
    const person = await bed.leaver(room);
    const { client, target } = await joined(door, room, person);
    await client.post('heard', randomUUID());
    await untilSeen(client, 'heard');
    await patiently(() => person.api.call('account.sign-out', {}));
    await bed.post(room, 'not heard');
    await expect(client.post('not said', randomUUID())).rejects.toThrow();
    await expect(door.connect(target)).rejects.toThrow(/^(session-revoked|unauthenticated)$/);
    expect(texts(client.seen)).toEqual(['heard']);
    expect((await bed.posted(room)).map(({ text }) => text)).toEqual(['heard', 'not heard']);
  });
}

function describeTogether(doors: readonly DoorKind[]): void {
  test('[L1] [L9] clients of every kind in one room see the same messages in the same order, over a kill of the server', async () => {
    const room = await bed.room();
    const members = await Promise.all(doors.map((door) => joined(door, room)));
    const half = async (name: string) => {
      await Promise.all(
        members.map(async ({ client }, index) => {
          for (let count = 0; count < 10; count += 1)
            await client.post(`${name} ${doors[index]?.name} ${count}`, randomUUID());
        }),
      );
    };
    await half('before');
    await bed.killAndRestart();
    await Promise.all(members.map(({ client }) => client.cut().then(() => client.comeBack())));
    await half('after');
    await bed.post(room, 'the end');
    for (const { client } of members) await untilSeen(client, 'the end');
    const posted = await bed.posted(room);
    expect(posted).toHaveLength(doors.length * 20 + 1);
    for (const [index, { client }] of members.entries()) {
      if (doors[index]?.afterAbsence === 'none') await expectWholeLog(client, room);
    }
  });
}
