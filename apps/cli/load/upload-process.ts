import { request as httpRequest } from 'node:http';
import type { SteadyFiles } from './steady-files.ts';

/** How large each file is announced to be; none ends while it is measured. */
const size = 2 * 1024 ** 3;
const tickMs = 50;

const { url, token, room, count, bytesPerSecond } = JSON.parse(process.argv[2] ?? '') as SteadyFiles;
const chunk = Buffer.alloc(Math.round((bytesPerSecond * tickMs) / 1_000), 'x');
const headers = { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}` };
let sent = 0;

async function begin(index: number): Promise<string> {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const metadata = `room ${encoded(room)},filename ${encoded(`steady-${index}.bin`)}`;
  const created = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': `${size}`, 'upload-metadata': metadata },
  });
  if (created.status !== 201) throw new Error(`An upload was refused: ${await created.text()}`);
  return created.headers.get('location') ?? '';
}

function sendTo(path: string): { stop(): void } {
  const request = httpRequest(`${url}${path}`, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': 0, 'content-type': 'application/offset+octet-stream' },
  });
  request.on('error', () => undefined);
  let waits = false;
  const timer = setInterval(() => {
    if (waits) return;
    sent += chunk.length;
    waits = !request.write(chunk);
    if (waits) {
      request.once('drain', () => {
        waits = false;
      });
    }
  }, tickMs);
  return {
    stop: () => {
      clearInterval(timer);
      request.destroy();
    },
  };
}

const paths = await Promise.all(Array.from({ length: count }, (_, index) => begin(index)));
const uploads = paths.map(sendTo);
process.send?.('begun');
process.once('message', () => {
  for (const upload of uploads) upload.stop();
  process.send?.(sent, () => process.exit(0));
});
process.once('disconnect', () => process.exit());
