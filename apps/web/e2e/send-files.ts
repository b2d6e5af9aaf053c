import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { Visitor } from './people.ts';

export interface Sent {
  readonly name: string;
  readonly bytes: Buffer;
  /** What only its sender knows of it: its length, its waveform. */
  readonly about?: unknown;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The room's id, by its name. */
export async function roomCalled({ context }: Visitor, name: string): Promise<string> {
  const { rooms } = await (await context.request.get('/api/v1/account/home')).json();
  const room = rooms.find((each: { info: { name: string } }) => each.info.name === name);
  return room.info.id;
}

/** Sends a file to a room by the tus protocol, as any program could; it waits to be posted. */
export async function sendFile(page: Page, room: string, { name, bytes, about }: Sent): Promise<string> {
  const origin = new URL(page.url()).origin;
  const metadata = [
    `room ${base64(room)}`,
    `filename ${base64(name)}`,
    ...(about === undefined ? [] : [`about ${base64(JSON.stringify(about))}`]),
  ];
  const answer = await page.context().request.post(`${origin}/api/v1/uploads`, {
    headers: {
      origin,
      'tus-resumable': '1.0.0',
      'upload-length': `${bytes.length}`,
      'upload-metadata': metadata.join(','),
      'content-type': 'application/offset+octet-stream',
    },
    data: bytes,
  });
  const address = answer.headers().location;
  if (answer.status() !== 201 || address === undefined)
    throw new Error(`${name} was not taken: ${await answer.text()}`);
  return address.split('/').at(-1) ?? '';
}

/** Posts a message with files. */
export async function post(visitor: Visitor, room: string, text: string, files: readonly Sent[]): Promise<string> {
  const ids: string[] = [];
  for (const file of files) ids.push(await sendFile(visitor.page, room, file));
  const origin = new URL(visitor.page.url()).origin;
  const answer = await visitor.context.request.post(`/api/v1/rooms/${room}/messages`, {
    headers: { origin },
    data: { clientId: randomUUID(), text, ...(ids.length > 0 ? { files: ids } : {}) },
  });
  if (!answer.ok()) throw new Error(`The message was not posted: ${await answer.text()}`);
  return (await answer.json()).id;
}
