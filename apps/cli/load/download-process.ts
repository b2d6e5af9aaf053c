import { get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { SteadyFiles } from './steady-files.ts';

/** How large the file is that all of them fetch, again and again. */
const size = 64 * 1024 ** 2;
const tickMs = 50;
/** Fetched for so many seconds, they go steadily. */
const settledAfterS = 5;

const { url, token, room, count, bytesPerSecond } = JSON.parse(process.argv[2] ?? '') as SteadyFiles;
const authorization = `Bearer ${token}`;
const perTick = Math.round((bytesPerSecond * tickMs) / 1_000);
let received = 0;
let isOver = false;

/** A file of the sender's that nobody has posted: theirs to fetch. */
async function sendFile(): Promise<string> {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const answer = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization,
      'tus-resumable': '1.0.0',
      'upload-length': `${size}`,
      'upload-metadata': `room ${encoded(room)},filename ${encoded('steady.bin')}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: Buffer.alloc(size, 'what is kept once and fetched by many '),
  });
  if (answer.status !== 201) throw new Error(`The file was refused: ${await answer.text()}`);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

/** Takes no more in a tick than its share: what the server has ready waits, as with a slow line. */
function readSlowly(answer: IncomingMessage, ended: () => void): void {
  let share = perTick;
  const timer = setInterval(() => {
    share = Math.min(share + perTick, perTick);
    if (share > 0) answer.resume();
  }, tickMs);
  answer.on('data', ({ length }: Buffer) => {
    received += length;
    share -= length;
    if (share <= 0) answer.pause();
  });
  answer.once('close', () => {
    clearInterval(timer);
    ended();
  });
}

function fetchSteadily(file: string): void {
  if (isOver) return;
  const request = get(`${url}/api/v1/files/${file}/content`, { headers: { authorization } }, (answer) => {
    if (answer.statusCode !== 200) throw new Error(`The file was not given: ${answer.statusCode}`);
    readSlowly(answer, () => fetchSteadily(file));
  });
  request.on('error', () => undefined);
}

const file = await sendFile();
for (let index = 0; index < count; index += 1) fetchSteadily(file);
// What the buffers of both sides hold goes as fast as it can, and the file has been looked into by then.
while (received < settledAfterS * count * bytesPerSecond) await setTimeout(tickMs);
received = 0;
process.send?.('begun');
process.once('message', () => {
  isOver = true;
  process.send?.(received, () => process.exit(0));
});
process.once('disconnect', () => process.exit());
