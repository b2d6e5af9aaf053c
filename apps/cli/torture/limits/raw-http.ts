import { connect, type Socket } from 'node:net';

/** A TCP connection that says whatever it is told to, and hears what comes back until the other side ends it. */
export class RawHttp {
  readonly socket: Socket;
  readonly ended: Promise<void>;
  #heard = '';

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => {
      this.#heard = (this.#heard + text).slice(0, 4_096);
    });
    this.socket.on('error', () => {});
    this.ended = new Promise((resolve) => this.socket.on('close', () => resolve()));
  }

  /** `HTTP 431`, the status of the answer; `cut` when the connection ended without one. */
  get verdict(): string {
    const status = /^HTTP\/1\.1 (\d{3})/.exec(this.#heard)?.[1];
    return status === undefined ? 'cut' : `HTTP ${status}`;
  }

  /** Sends `text` whole and waits for the end, at most `timeoutMs`. */
  async ask(text: string, timeoutMs = 10_000): Promise<string> {
    this.socket.write(text);
    return this.outcome(timeoutMs);
  }

  /** Sends `text` and then, again and again, one more piece: a peer that takes for ever. */
  async drip(text: string, piece: string, everyMs: number, timeoutMs: number): Promise<string> {
    this.socket.write(text);
    const timer = setInterval(() => this.socket.write(piece), everyMs);
    const outcome = await this.outcome(timeoutMs);
    clearInterval(timer);
    return outcome;
  }

  private async outcome(timeoutMs: number): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<'waited'>();
    const timer = setTimeout(() => resolve('waited'), timeoutMs);
    const waited = await Promise.race([this.ended, promise]);
    clearTimeout(timer);
    this.socket.destroy();
    return waited === 'waited' && this.verdict === 'cut' ? 'still open' : this.verdict;
  }
}
