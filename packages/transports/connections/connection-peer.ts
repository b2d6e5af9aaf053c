import type { DoorSession, Framing, Peer } from '@confab/engine';

/** What both kinds of connection over HTTP have in common. */
export abstract class ConnectionPeer implements Peer {
  abstract readonly framing: Framing;
  readonly address: string;
  session: DoorSession | null = null;
  private held = '';

  constructor(address: string) {
    this.address = address;
  }

  abstract write(bytes: Uint8Array): void;
  abstract pendingBytes(): number;
  abstract probe(): void;
  abstract close(): void;

  /**
   * Takes in what the connection was opened with. A request may bring more than the hello, but nothing counts before
   * the hello is answered ([H1]): so the rest waits for that.
   */
  begin(session: DoorSession, text: string): void {
    this.session = session;
    const commands = text.trimStart();
    const end = commands.indexOf('\n');
    this.held = end < 0 ? '' : commands.slice(end + 1).trim();
    session.receive(end < 0 ? commands : commands.slice(0, end));
  }

  /** To be called by `write`: the first that is written is the answer to the hello. */
  protected wrote(): void {
    const { held } = this;
    if (held === '') return;
    this.held = '';
    queueMicrotask(() => this.session?.receive(held));
  }
}
