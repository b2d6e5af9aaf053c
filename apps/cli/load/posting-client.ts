import type { ClientId, RoomId } from '@confab/protocol';
import type { Recorder } from '../history/recorder.ts';
import type { HttpApi } from './http-api.ts';
import { Refused } from './load-connection.ts';

export interface PostingOptions {
  api: HttpApi;
  /** Names the client in the history; unique in a run. */
  name: string;
  room: RoomId;
  recorder: Recorder;
}

/** Posts over HTTP, one after the other, and repeats each with its client id until it is answered for certain. */
export class PostingClient {
  readonly #options: PostingOptions;
  #sent = 0;
  acknowledged = 0;

  constructor(options: PostingOptions) {
    this.#options = options;
  }

  /** Resolves when the message is stored, or was refused for good. */
  async post(text: string): Promise<void> {
    const { api, name, room, recorder } = this.#options;
    const clientId = `${name}-${++this.#sent}` as ClientId;
    const log = `room:${room}`;
    for (;;) {
      recorder.sent(name, log, clientId);
      try {
        const { seq } = await api.call('message.post', { room, clientId, text });
        recorder.acknowledged(name, log, clientId, seq);
        this.acknowledged += 1;
        return;
      } catch (error) {
        if (error instanceof Refused && error.error.retry === 'never') return recorder.refused(name, log, clientId);
        const waitMs = error instanceof Refused ? (error.error.retryAfterMs ?? 50) : 20;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}
