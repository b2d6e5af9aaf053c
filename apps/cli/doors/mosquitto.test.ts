import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureDebianPackages } from '@confab/testing/debian';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Inhabitant } from '../load/population.ts';
import type { DoorTarget } from './door-client.ts';
import { JourneyBed } from './journey-bed.ts';

/** The command line clients of Mosquitto, as Debian has them. */
const versions = ['mqttv311', 'mqttv5'] as const;

let bed: JourneyBed;
beforeAll(async () => {
  await ensureDebianPackages([{ command: 'mosquitto_sub', package: 'mosquitto-clients' }]);
  bed = await JourneyBed.open(0);
}, 720_000);
afterAll(() => bed?.close());

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** One run of a command, with all that it says. */
class Run {
  said = '';
  code: number | null = null;
  readonly ended: Promise<void>;

  constructor(command: string, target: DoorTarget, ...args: string[]) {
    const address = ['-h', '127.0.0.1', '-p', String(target.mqttPort), '-u', 'token', '-P', target.token];
    // Line by line, or nothing is heard of it before it ends.
    const child = spawn('stdbuf', ['-oL', command, ...address, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        this.said += String(chunk);
      });
    }
    this.ended = once(child, 'close').then(([code]) => {
      running.delete(child);
      this.code = code;
    });
  }

  /** Its lines that are messages: what `-F '> %p'` prints. */
  get texts(): string[] {
    return [...this.said.matchAll(/^> (.*)$/gm)].map(([, payload]) => JSON.parse(payload ?? '').text);
  }

  async subscribed(): Promise<this> {
    await bed.until(
      () => this.said.includes('Subscribed (mid'),
      () => `a subscription: ${this.said}`,
    );
    return this;
  }
}

async function inRoom(): Promise<{ room: string; person: Inhabitant; target: DoorTarget; topic: string }> {
  const room = await bed.room();
  const person = await bed.person(room);
  return { room, person, target: bed.target(person, room), topic: `rooms/${room}/messages` };
}

/** Where the person's one session stands, as the server has kept it. */
async function keptPlace({ api }: Inhabitant): Promise<unknown> {
  const { cursors } = await api.call('cursor.list', {});
  const { cursor } = await api.call('cursor.show', { name: cursors[0]?.name ?? '' });
  return (JSON.parse((cursor.state as { text: string }).text) as { at: unknown }).at;
}

/** Waits until the server has kept that it stands elsewhere. */
async function keptSince(person: Inhabitant, place: unknown): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (performance.now() < deadlineMs) {
    if ((await keptPlace(person)) !== place) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The session was not kept.');
}

async function done(run: Run): Promise<Run> {
  await run.ended;
  expect(run.code, run.said).toBe(0);
  return run;
}

describe.each(versions)('mosquitto_sub and mosquitto_pub (%s)', (version) => {
  test('hear and say at each QoS', async () => {
    const { target, topic } = await inRoom();
    const options = ['-V', version, '-t', topic];
    const subscriber = new Run('mosquitto_sub', target, ...options, '-q', '2', '-C', '3', '-d', '-F', '> %p');
    await subscriber.subscribed();
    for (const qos of ['0', '1', '2']) {
      await done(new Run('mosquitto_pub', target, ...options, '-q', qos, '-m', `at ${qos}`));
    }
    await done(subscriber);
    expect(subscriber.texts.sort()).toEqual(['at 0', 'at 1', 'at 2']);
    expect((await bed.posted(target.room)).map(({ text }) => text)).toEqual(['at 0', 'at 1', 'at 2']);
  });

  test('a session that is kept goes on where it stood, also over a kill of the server', async () => {
    const { room, person, target, topic } = await inRoom();
    const kept = ['-V', version, '-t', topic, '-q', '1', '-c', '-i', `mosquitto ${version}`, '-F', '> %p'];
    const expiry = version === 'mqttv5' ? ['-x', '3600'] : [];
    const listen = (count: number) => new Run('mosquitto_sub', target, ...kept, ...expiry, '-C', String(count), '-d');
    const first = await listen(1).subscribed();
    const place = await keptPlace(person);
    await bed.post(room, 'one');
    await done(first);
    // Where it stood is saved in its own time: killed before that, it would be told again.
    await keptSince(person, place);
    await bed.post(room, 'two');
    await bed.killAndRestart();
    await bed.post(room, 'three');
    const second = await done(listen(2));
    // The subscription that it repeats is answered with what is retained: the last message.
    expect([...new Set(second.texts)]).toEqual(['two', 'three']);
  });

  test('what is refused says so', async () => {
    const { target } = await inRoom();
    const wrong = new Run('mosquitto_pub', { ...target, token: 'x'.repeat(43) }, '-V', version, '-t', 'a', '-m', 'b');
    await wrong.ended;
    expect(wrong.code).not.toBe(0);
    expect(wrong.said).toMatch(/bad user ?name or password|not authori[sz]ed/i);
  });
});

test('mosquitto_rr asks any command and hears its answer', async () => {
  const { room, target } = await inRoom();
  const asked = ['-V', 'mqttv5', '-t', 'commands/room.show', '-e', 'answers/mine', '-W', '10'];
  const run = await done(new Run('mosquitto_rr', target, ...asked, '-m', JSON.stringify({ room })));
  expect(JSON.parse(run.said)).toMatchObject({ result: { room: { info: { id: room } } } });
});
