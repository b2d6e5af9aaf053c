import type { ClientId, Result, RoomId } from '@confab/protocol';
import type { Recorder } from '../../history/recorder.ts';
import { LoadConnection, Refused } from '../../load/load-connection.ts';

export interface DoublingOptions {
  url: string;
  token: string;
  /** Names the client in the history; unique in a run. */
  name: string;
  room: RoomId;
  recorder: Recorder;
}

/** Says the same on two connections at once, each until it is answered, and holds the answers against each other. */
export class DoublingClient {
  readonly #options: DoublingOptions;
  readonly #log: string;
  readonly #mouths: readonly [Mouth, Mouth];
  #sent = 0;
  /** Sends whose two answers named two messages, or two places. */
  differently = 0;

  constructor(options: DoublingOptions) {
    this.#options = options;
    this.#log = `room:${options.room}`;
    this.#mouths = [new Mouth(options.url, options.token), new Mouth(options.url, options.token)];
  }

  async post(text: string): Promise<void> {
    const { name, room, recorder } = this.#options;
    const clientId = `${name}-${++this.#sent}` as ClientId;
    recorder.sent(name, this.#log, clientId);
    const [one, two] = await Promise.all(this.#mouths.map((mouth) => mouth.say({ room, clientId, text })));
    for (const answer of [one, two]) if (answer) recorder.acknowledged(name, this.#log, clientId, answer.seq);
    if (one?.id !== two?.id || one?.seq !== two?.seq) this.differently += 1;
  }

  stop(): void {
    for (const mouth of this.#mouths) mouth.close();
  }
}

type Post = { room: RoomId; clientId: ClientId; text: string };

/** A connection that is made anew as often as it takes. */
class Mouth {
  readonly #url: string;
  readonly #token: string;
  #connection: LoadConnection | undefined;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async say(post: Post): Promise<Result<'message.post'>> {
    for (;;) {
      try {
        this.#connection ??= await LoadConnection.open(this.#url, this.#token);
        return await this.#connection.call('message.post', post);
      } catch (error) {
        if (error instanceof Refused && error.error.retry === 'never') throw error;
        this.close();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  close(): void {
    this.#connection?.destroy();
    this.#connection = undefined;
  }
}
