import type { EventFrame, Hello, ServerFrame, Welcome } from '@confab/protocol';
import { decodeServerFrames, encodeCommand } from '@confab/protocol/codec/client-json.ts';
import { times } from '../bounds.ts';
import { ConfabError, refusal } from '../confab-error.ts';
import type { ClientPorts, ClientSocket } from '../ports.ts';
import type { DoorName } from './door-ladder.ts';
import { announcedEnding, type Ending, endingOfCode, endingOfRefusedHello, lost } from './ending.ts';
import { PendingReplies, type Waiter } from './pending-replies.ts';
import { Watchdog } from './watchdog.ts';

export interface LinkHandlers {
  welcomed(welcome: Welcome): void;
  event(event: EventFrame): void;
  /** Called once; nothing comes after it. */
  ended(ending: Ending): void;
}

const utf8 = new TextEncoder();

/** One socket from opening to its end: says hello, pairs replies with commands, notices silence. */
export class Link {
  readonly door: DoorName;
  readonly #handlers: LinkHandlers;
  readonly #socket: ClientSocket;
  readonly #replies: PendingReplies;
  readonly #watchdog: Watchdog;
  readonly #cancelTimeout: () => void;
  #frameBytes = 65_536;
  #announced: Ending | null = null;
  #over = false;

  constructor(ports: ClientPorts, url: string, door: DoorName, hello: Hello, handlers: LinkHandlers) {
    this.door = door;
    this.#handlers = handlers;
    this.#replies = new PendingReplies((frame) => this.#socket.send(encodeCommand(frame)));
    this.#watchdog = new Watchdog(ports, { ping: () => this.#ping(), silent: () => this.end(lost) });
    this.#cancelTimeout = ports.after(times.connectTimeoutMs, () => this.end(lost));
    const socketHandlers = {
      opened: () => this.#sayHello(hello),
      received: (text: string) => this.#received(text),
      closed: (code: number) => this.end(this.#announced ?? endingOfCode(code)),
    };
    this.#socket = ports.openSocket(url, socketHandlers, door);
  }

  request(command: string, params: unknown, waiter: Waiter): void {
    if (this.#over) {
      waiter.reject(new ConfabError('offline'));
      return;
    }
    // A frame over the server's size would end the connection [F6]; three bytes are the most that one character takes.
    const text = JSON.stringify(params);
    if (text.length * 3 > this.#frameBytes && utf8.encode(text).length + 128 > this.#frameBytes) {
      waiter.reject(refusal('frame-too-large', { limit: this.#frameBytes }));
    } else this.#replies.ask(command, params, waiter);
  }

  /** Whether no command is unanswered. */
  get isIdle(): boolean {
    return this.#replies.isEmpty;
  }

  probe(): void {
    this.#watchdog.probe();
  }

  end(ending: Ending): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelTimeout();
    this.#watchdog.stop();
    this.#socket.close();
    this.#replies.end();
    this.#handlers.ended(ending);
  }

  #sayHello(hello: Hello): void {
    if (this.#over) return;
    this.#replies.ask('connection.hello', hello, {
      resolve: (result) => this.#welcomed(result as Welcome),
      reject: ({ wire }) => this.end(wire === null ? lost : endingOfRefusedHello(wire.code, wire.retryAfterMs)),
    });
  }

  #welcomed(welcome: Welcome): void {
    if (this.#over) return;
    this.#cancelTimeout();
    this.#frameBytes = welcome.limits.frameBytes;
    this.#replies.allow(welcome.limits.inFlight);
    this.#watchdog.start(welcome.heartbeat);
    this.#handlers.welcomed(welcome);
  }

  #received(text: string): void {
    if (this.#over) return;
    this.#watchdog.heard();
    let frames: ServerFrame[];
    try {
      frames = decodeServerFrames(text);
    } catch {
      // Not our protocol: something between us and the server answers in its place.
      this.end(lost);
      return;
    }
    for (const frame of frames) {
      if (this.#over) return;
      if ('reply' in frame) this.#replies.answer(frame);
      else if (frame.event === 'connection.closing') {
        this.#announced = announcedEnding(frame.data.reason, frame.data.reconnect);
      } else this.#handlers.event(frame);
    }
  }

  #ping(): void {
    // Its answer is heard like any other frame; a failure shows as silence.
    this.#replies.ask('connection.ping', {}, { resolve: () => {}, reject: () => {} });
  }
}
