import { hash, randomBytes, randomInt } from 'node:crypto';
import type { ClientId, FileId } from '@confab/protocol';
import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { Refused } from '../../load/load-connection.ts';
import { TestBed } from '../../load/test-bed.ts';
import { CutUpload } from './cut-upload.ts';
import { sweepLater } from './sweep-later.ts';

export interface UploadsOptions {
  uploads: number;
  /** How often the server is killed meanwhile. */
  kills: number;
  /** Of the largest, in KiB. */
  kilobytes: number;
  /** Uploads at the same time. */
  atOnce: number;
  /** How often each is cut at a random byte. */
  cuts: number;
}

/** Files that are cut at random bytes, again and again, while the server is killed; then the day after. */
export function run({ uploads, kills, kilobytes, atOnce, cuts }: UploadsOptions): Promise<Figure[]> {
  return TestBed.with({ members: 1, roomy: true }, async (bed) => {
    const { token } = bed.people.owner;
    const { room } = bed.people;
    const wanted = new Map<string, string>();
    let begun = 0;
    let broken = 0;
    let killed = 0;
    const senders = Array.from({ length: atOnce }, async () => {
      // Goes on for as long as the server is killed: each kill meets some on their way.
      while (begun < uploads || killed < kills) {
        begun += 1;
        const bytes = randomBytes(randomInt(1, kilobytes * 1_024));
        const upload = new CutUpload({ url: bed.url, token, room, name: `${begun}.bin`, bytes, cuts });
        const file = await upload.send();
        broken += upload.broken;
        await posted(bed, file);
        wanted.set(file, hash('sha256', bytes, 'hex'));
      }
    });
    const killing = (async () => {
      for (; killed < kills; killed += 1) {
        await new Promise((resolve) => setTimeout(resolve, randomInt(200, 1_200)));
        await bed.killAndRestart();
      }
    })();
    await Promise.all([...senders, killing]);
    const wrong: string[] = [];
    for (const [file, sha] of wanted) {
      const answer = await fetch(`${bed.url}/api/v1/files/${file}/content`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (hash('sha256', Buffer.from(await answer.arrayBuffer()), 'hex') !== sha) wrong.push(file);
    }
    await bed.server.end('SIGKILL');
    const swept = await sweepLater(bed.data);
    return [
      atLeast('uploads', wanted.size, uploads),
      atLeast('kill -9 of the server', killed, kills),
      told('connections that broke off', broken),
      atMost('files with another hash', wrong.length, 0),
      atMost('pieces of content too many, a day after', swept.blobs - wanted.size, 0),
      atMost('left on the way, a day after', swept.uploads + swept.beside, 0),
    ];
  });
}

/** Again until there is an answer: the client id makes it one message. */
async function posted({ people }: TestBed, file: string): Promise<void> {
  const clientId = `posted-${file}` as ClientId;
  const params = { room: people.room, clientId, text: '', files: [file as FileId] };
  for (;;) {
    try {
      await people.owner.api.call('message.post', params);
      return;
    } catch (error) {
      if (error instanceof Refused && error.error.retry === 'never') throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
