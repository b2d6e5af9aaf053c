import type { CommandName, EventFrame, LoggedEvent, Params, Result, ServerFrame, WireError } from '@confab/protocol';
import { doorOf, openSocket, type RawSocket } from './raw-socket.ts';

/** The server refused a command. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly error: WireError;

  constructor(error: WireError) {
    super(`${error.code}: ${error.message}`);
    this.error = error;
  }
}

/** The connection ended before the answer came: the command may have taken effect ([C5]). */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

export interface ConnectionHandlers {
  event?(frame: EventFrame): void;
  ended?(code: number, reason: string): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A signed-in connection that speaks the protocol and nothing more: it does not come back by itself. */
export class LoadConnection {
  #open: RawSocket | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers: ConnectionHandlers;
  #nextId = 1;
  #over = false;

  get socket(): RawSocket {
    if (!this.#open) throw new Unanswered('The connection is not open yet.');
    return this.#open;
  }

  private constructor(handlers: ConnectionHandlers) {
    this.#handlers = handlers;
  }

  /** Connects and says hello. Rejects with `UpgradeRefused`, `Refused`, `Unanswered` or the TCP error. */
  static async open(url: string, token: string, handlers: ConnectionHandlers = {}): Promise<LoadConnection> {
    const connection = new LoadConnection(handlers);
    connection.#open = await openSocket(doorOf(url), {
      text: (payload) => connection.#receive(payload.toString()),
      ended: (code, reason) => connection.#end(code, reason),
    });
    await connection.call('connection.hello', { versions: [1], client: 'load/1', token });
    return connection;
  }

  async call<Name extends CommandName>(command: Name, params: Params<Name>): Promise<Result<Name>> {
    const [result] = await this.callTogether(command, [params]);
    return result as Result<Name>;
  }

  /** The same command several times in one transport message ([F3]). Rejects when any of them is refused. */
  callTogether<Name extends CommandName>(command: Name, all: readonly Params<Name>[]): Promise<Result<Name>[]> {
    if (this.#over) return Promise.reject(new Unanswered('The connection is over.'));
    const firstId = this.#nextId;
    this.#nextId += all.length;
    const answers = all.map(
      (_, index) => new Promise((resolve, reject) => this.#waiting.set(firstId + index, { resolve, reject })),
    );
    this.socket.send(all.map((params, index) => JSON.stringify({ id: firstId + index, command, params })).join('\n'));
    return Promise.all(answers) as Promise<Result<Name>[]>;
  }

  /** Cuts the connection without a word. */
  destroy(): void {
    this.socket.destroy();
  }

  #receive(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const frame = JSON.parse(line) as ServerFrame;
      if ('reply' in frame) this.#answer(frame.reply, frame);
      else this.#handlers.event?.(frame);
    }
  }

  #answer(id: number, frame: { result: unknown } | { error: WireError }): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('error' in frame) waiting?.reject(new Refused(frame.error));
    else waiting?.resolve(frame.result);
  }

  #end(code: number, reason: string): void {
    this.#over = true;
    for (const { reject } of this.#waiting.values()) reject(new Unanswered(`The connection ended with ${code}.`));
    this.#waiting.clear();
    this.#handlers.ended?.(code, reason);
  }
}

/** Whether an event stands on a log, that is, has a seq. */
export function isLogged(frame: EventFrame): frame is LoggedEvent {
  return 'seq' in frame;
}
