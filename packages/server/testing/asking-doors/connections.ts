import { connectionsPath } from '@confab/transports/connections';
import { type AskingDoor, codeOf, endedBefore } from '../asking-door.ts';
import type { Reply } from '../http-asker.ts';

interface Polled {
  readonly connection?: string;
  readonly next: number;
  readonly frames: readonly ({ readonly reply?: number; readonly event?: string } & object)[];
}

const replyTo = (id: number, { frames }: Polled) => frames.find(({ reply }) => reply === id) as Reply | undefined;

/** The whole protocol over requests, by long polling ([D2], [D6], [D7]). */
export const connectionsDoor: AskingDoor = {
  name: 'connections over HTTP',
  door: 'connections',
  signedInOnly: true,
  notTaken: {},
  async ask(url, token, command, params) {
    const headers = {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const hello = JSON.stringify({ id: 0, command: 'connection.hello', params: { versions: [1] } });
    const opened = await fetch(`${url}${connectionsPath}`, { method: 'POST', headers, body: hello });
    const first = (await opened.json()) as Polled;
    const welcome = replyTo(0, first);
    if (!welcome) throw new Error(`The hello was not answered: ${JSON.stringify(first)}`);
    if ('error' in welcome) return codeOf(welcome);
    const connection = `${url}${connectionsPath}/${first.connection}`;
    await fetch(`${connection}/frames`, { method: 'POST', headers, body: JSON.stringify({ id: 1, command, params }) });
    try {
      for (let { next } = first; ; ) {
        const response = await fetch(`${connection}?after=${next}&wait=25`, { headers });
        if (response.status === 404) return endedBefore(command, 'it is gone');
        const polled = (await response.json()) as Polled;
        const reply = replyTo(1, polled);
        if (reply) return codeOf(reply);
        next = polled.next;
      }
    } finally {
      await fetch(connection, { method: 'DELETE', headers });
    }
  },
};
