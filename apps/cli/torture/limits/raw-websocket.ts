import { doorOf, openSocket, type RawSocket } from '../../load/raw-socket.ts';
import { clientFrame, opcodes } from '../../load/websocket-frames.ts';

/** A WebSocket that breaks rules and says how it ended. */
export class RawWebSocket {
  #socket: RawSocket | undefined;
  readonly #ended = Promise.withResolvers<string>();
  readonly #answers: string[] = [];
  #answered: (() => void) | undefined;

  static async open(url: string, headers: Record<string, string> = {}): Promise<RawWebSocket> {
    const raw = new RawWebSocket();
    raw.#socket = await openSocket(
      { ...doorOf(url), headers },
      { text: (payload) => raw.#hear(payload.toString()), ended: (code) => raw.#ended.resolve(`closed ${code}`) },
    );
    return raw;
  }

  #hear(text: string): void {
    this.#answers.push(...text.split('\n').filter((line) => line !== ''));
    this.#answered?.();
  }

  send(text: string): this {
    this.#socket?.send(text);
    return this;
  }

  frame(opcode: number, payload: Buffer, fin = true, reserved = 0): this {
    const frame = clientFrame(opcode, payload, fin);
    frame[0] = (frame[0] as number) | reserved;
    this.#socket?.write(frame);
    return this;
  }

  /** Says hello and resolves when it is answered. */
  async hello(token: string): Promise<this> {
    this.send(JSON.stringify({ id: 0, command: 'connection.hello', params: { versions: [1], token } }));
    await this.answer(0);
    return this;
  }

  /** `refused <code>` or `accepted`, for the command with this id; how the connection ended if it did so first. */
  async answer(id: number): Promise<string> {
    for (;;) {
      const line = this.#answers.find((text) => text.startsWith(`{"reply":${id},`));
      if (line) {
        const { error } = JSON.parse(line) as { error?: { code: string } };
        return error ? `refused ${error.code}` : 'accepted';
      }
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#answered = () => resolve(undefined);
      const ended = await Promise.race([promise, this.#ended.promise]);
      if (ended !== undefined) return ended;
    }
  }

  /** How many answers so far were refusals with this code. */
  refusals(code: string): number {
    return this.#answers.filter((text) => text.includes(`"code":"${code}"`)).length;
  }

  get answers(): number {
    return this.#answers.filter((text) => text.startsWith('{"reply"')).length;
  }

  /** `closed <code>`, or `still open` after the time. */
  async end(timeoutMs = 15_000): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const timer = setTimeout(() => resolve('still open'), timeoutMs);
    const outcome = await Promise.race([this.#ended.promise, promise]);
    clearTimeout(timer);
    this.#socket?.destroy();
    return outcome;
  }

  destroy(): void {
    this.#socket?.destroy();
  }

  static readonly opcodes = opcodes;
}
