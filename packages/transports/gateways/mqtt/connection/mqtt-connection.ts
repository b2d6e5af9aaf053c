import { TokenBucket } from '@confab/engine';
import type { CloseReason } from '@confab/protocol';
import type { IDisconnectPacket } from 'mqtt-packet';
import type { GatewayLink, GatewaySession, SharedEvent } from '../../../session/index.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { connectReturnCode, disconnectReasons, type Reason, reasonCodes } from '../reason-codes.ts';
import type { MqttStream, StreamListener } from '../streams/mqtt-stream.ts';
import { announcedVersion, isConnect, type Version } from '../wire/check-packet.ts';
import { encodePacket } from '../wire/codec.ts';
import { PacketFault } from '../wire/packet-fault.ts';
import { type FramedPacket, PacketFramer } from '../wire/packet-framer.ts';
import { type Entered, EntryRefused, enter } from './entry.ts';
import { KeepAlive } from './keep-alive.ts';
import { leave } from './leave.ts';
import type { Holder } from './live-sessions.ts';
import { handlePacket, type PacketContext } from './packet-handlers.ts';
import { WorkQueue } from './work-queue.ts';

type State =
  | { readonly kind: 'greeting' }
  /** CONNECT is being looked at; what follows it waits. */
  | { readonly kind: 'entering'; readonly version: Version }
  | { readonly kind: 'open'; readonly entered: Entered; readonly context: PacketContext }
  /** The client is told goodbye; nothing more is read. */
  | { readonly kind: 'closing' };

/** What is said to be pending for a client that is gone: enough that nothing more is read for it. */
const gonePendingBytes = 1024 * 1024;

export interface ConnectionHost extends GatewayParts {
  /** The connection said CONNECT, or is gone. */
  announced(): void;
  /** Everything is over, savings included. */
  ended(connection: MqttConnection): void;
}

/** One client, from its first byte to the saving of its session. */
export class MqttConnection implements StreamListener, GatewayLink, Holder {
  readonly client = 'mqtt';
  readonly address: string;
  /** Resolves when everything about it is over. */
  readonly over: Promise<void>;
  private readonly host: ConnectionHost;
  private readonly stream: MqttStream;
  private readonly carried: string | null;
  private readonly framer: PacketFramer;
  private readonly keepAlive: KeepAlive;
  private readonly work: WorkQueue;
  private readonly packets: TokenBucket;
  private state: State = { kind: 'greeting' };
  private entered: Entered | null = null;
  private opened: { readonly account: GatewaySession; readonly key: string } | null = null;
  /** Ends the wait for CONNECT, and later that for the client to close. */
  private cancelDeadline: () => void;
  private gone = false;
  /** Somebody waits for the session: what is begun is finished, whether the client goes or not. */
  private givenUp = false;
  private finishing = false;
  private paused = false;
  /** It said goodbye, or the server closed it in order: no will. */
  private graceful = false;
  private resolveOver: () => void = () => {};

  /** `carried`: the token that came with the connection itself. */
  constructor(host: ConnectionHost, stream: MqttStream, carried: string | null) {
    this.host = host;
    this.stream = stream;
    this.address = stream.address;
    this.carried = carried;
    const { clock, limits, timers } = host;
    this.framer = new PacketFramer(limits.connectBytes);
    this.packets = new TokenBucket(limits.packetsBurst, clock.monotonic());
    this.keepAlive = new KeepAlive(clock, timers, () => {
      // Whom we do not read we cannot hear.
      if (this.paused) this.keepAlive.restart();
      else this.fail('keep-alive-timeout', 'nothing was heard');
    });
    this.work = new WorkQueue(
      () => this.pump(),
      (error) => this.failed(error),
    );
    this.over = new Promise((resolve) => {
      this.resolveOver = resolve;
    });
    this.cancelDeadline = timers.after(limits.connectMs, () => this.stream.destroy());
  }

  // The stream

  data(bytes: Buffer): void {
    if (this.state.kind === 'closing') return;
    this.keepAlive.heard();
    this.opened?.account.heard();
    this.framer.push(bytes);
    this.pump();
  }

  drained(): void {
    this.opened?.account.drained();
    this.pump();
  }

  heard(): void {
    this.opened?.account.heard();
  }

  closed(): void {
    this.gone = true;
    this.cancelDeadline();
    this.keepAlive.stop();
    this.opened?.account.unheard();
    this.pump();
    this.finishWhenDone();
  }

  // The session of the engine

  pendingBytes(): number {
    if (this.gone) return gonePendingBytes;
    return this.stream.pendingBytes() + (this.entered?.session.window.queuedBytes ?? 0);
  }

  /** MQTT has no question of the server's own; its keep-alive says how long silence may last. */
  probe(): void {
    if (this.stream.probe) this.stream.probe();
    else this.opened?.account.heard();
  }

  event(event: SharedEvent): void {
    this.entered?.session.take(event);
  }

  /** The engine ended the account's session. */
  ended(reason: CloseReason): void {
    // A server that goes down is no client that went.
    if (reason === 'draining') this.graceful = true;
    this.fail(disconnectReasons[reason], reason);
  }

  /** The same client connects anew. */
  giveUp(): Promise<void> {
    this.fail('session-taken-over', 'the same client id connected again');
    this.givenUp = true;
    this.opened?.account.unheard();
    this.finishWhenDone();
    return this.over;
  }

  /** Cuts it; used when the server closes. */
  cut(): void {
    this.graceful = true;
    this.stream.destroy();
  }

  // Packets

  /** Reads what has arrived, as far as it may be read now. */
  private pump(): void {
    try {
      this.checkGreeting();
      while (this.mayRead()) {
        const framed = this.framer.next();
        if (framed === undefined) break;
        this.take(framed);
      }
    } catch (error) {
      this.failed(error);
    }
    this.pauseOrResume();
    if (this.gone || this.givenUp) this.finishWhenDone();
  }

  /** Whoever speaks something else is not waited for. */
  private checkGreeting(): void {
    const { firstByte } = this.framer;
    if (this.state.kind === 'greeting' && firstByte !== undefined && !isConnect(firstByte)) {
      throw new PacketFault('protocol-error', 'the first packet is not CONNECT');
    }
  }

  private mayRead(): boolean {
    const { kind } = this.state;
    if (kind === 'greeting') return true;
    return kind === 'open' && !this.isFull();
  }

  private isFull(): boolean {
    const { limits } = this.host;
    if (this.work.length >= limits.unworkedPackets) return true;
    return !this.gone && this.stream.pendingBytes() > limits.unsentBytes;
  }

  private pauseOrResume(): void {
    const pause = this.state.kind === 'entering' || (this.state.kind === 'open' && this.isFull());
    if (pause === this.paused || this.gone) return;
    this.paused = pause;
    if (pause) this.stream.pause();
    else this.stream.resume();
  }

  private take(framed: FramedPacket): void {
    const { state, host } = this;
    if (state.kind === 'greeting') {
      this.greet(framed);
      return;
    }
    if (state.kind !== 'open') return;
    const { packetsPerSecond, packetsBurst } = host.limits;
    if (!this.packets.take(host.clock.monotonic(), packetsPerSecond, packetsBurst)) {
      throw new PacketFault('message-rate-too-high', 'too many packets');
    }
    state.entered.session.receiving.heard();
    handlePacket(host.codec.decode(framed, state.entered.version), state.context);
  }

  private context(entered: Entered): PacketContext {
    return {
      entered,
      work: this.work,
      isGone: () => this.gone,
      write: (bytes) => this.write(bytes),
      goodbye: (packet) => this.goodbye(packet, entered.session),
    };
  }

  private goodbye({ reasonCode = 0, properties }: IDisconnectPacket, session: Entered['session']): void {
    const expiryS = properties?.sessionExpiryInterval;
    if (expiryS !== undefined) {
      if (session.expiryS === 0 && expiryS > 0) throw new PacketFault('protocol-error', 'no session can be kept');
      session.expiryS = Math.min(expiryS, this.host.limits.sessionExpiryS);
    }
    this.graceful = reasonCode === 0;
    this.state = { kind: 'closing' };
    this.hangUp();
  }

  /** Ends the stream when the last words have left it, or when that takes too long. */
  private hangUp(): void {
    this.cancelDeadline();
    this.cancelDeadline = this.host.timers.after(this.host.limits.closeMs, () => this.stream.destroy());
    this.stream.end();
  }

  private greet(framed: FramedPacket): void {
    const version = announcedVersion(framed.bytes, framed.bodyAt);
    this.state = { kind: 'entering', version };
    const packet = this.host.codec.decodeConnect(framed, version);
    this.cancelDeadline();
    this.host.announced();
    this.framer.maxBytes = this.host.limits.packetBytes;
    const request = {
      version,
      packet,
      carried: this.carried,
      link: this,
      holder: this,
      write: (bytes: Buffer) => this.write(bytes),
      opened: (account: GatewaySession, key: string) => {
        this.opened = { account, key };
      },
    };
    this.work.push(async () => this.open(await enter(request, this.host)));
  }

  private open(entered: Entered): void {
    this.entered = entered;
    // The engine or the same client's next connection may have ended it meanwhile: then it never was there.
    if (this.state.kind !== 'entering') {
      this.graceful = true;
      return;
    }
    this.state = { kind: 'open', entered, context: this.context(entered) };
    this.write(encodePacket(entered.connack, entered.version));
    this.keepAlive.watch(entered.keepAliveS);
    entered.session.resume();
  }

  // The end

  private failed(error: unknown): void {
    if (error instanceof PacketFault || error instanceof EntryRefused) {
      this.fail(error.reason, error.message);
      return;
    }
    this.host.report('error', 'an MQTT packet could not be handled', { error });
    this.fail('unspecified', 'internal');
  }

  /** Says why, where MQTT has a word for it, and closes. */
  private fail(reason: Reason, text: string): void {
    const { state } = this;
    if (state.kind === 'closing') return;
    this.state = { kind: 'closing' };
    this.keepAlive.stop();
    this.work.clear();
    if (state.kind === 'open') this.sayGoodbye(reason, text, state.entered);
    else this.refuse(reason, text, state.kind === 'entering' ? state.version : null);
    if (this.gone) this.finishWhenDone();
    else this.hangUp();
  }

  private sayGoodbye(reason: Reason, text: string, { session, version }: Entered): void {
    if (version !== 5) return;
    const explained = session.explained(text);
    this.write(encodePacket({ cmd: 'disconnect', reasonCode: reasonCodes[reason], ...explained }, version));
  }

  /** CONNACK with a refusal. To a client of an unknown version in the form of 3.1.1, which all can read. */
  private refuse(reason: Reason, text: string, version: Version | null): void {
    const returnCode = connectReturnCode(reason);
    if (version === 5) {
      const properties = { reasonString: text };
      const reasonCode = reasonCodes[reason];
      this.write(encodePacket({ cmd: 'connack', sessionPresent: false, reasonCode, properties }, 5));
    } else if (returnCode !== undefined && (version === 4 || reason === 'unsupported-version')) {
      this.write(encodePacket({ cmd: 'connack', sessionPresent: false, returnCode }, 4));
    }
  }

  private write(bytes: Buffer): void {
    if (!this.gone) this.stream.write(bytes);
  }

  /** What was read before the end is still done: a client may publish and go. */
  private finishWhenDone(): void {
    if (this.finishing || this.work.length > 0) return;
    this.finishing = true;
    this.state = { kind: 'closing' };
    void this.finish();
  }

  private async finish(): Promise<void> {
    const { host, opened, entered } = this;
    this.keepAlive.stop();
    // One that was given up still has to go in time.
    if (this.gone) this.cancelDeadline();
    host.announced();
    try {
      if (opened) await leave({ ...opened, entered, graceful: this.graceful, server: host });
    } catch (error) {
      host.report('error', 'an MQTT session could not be left', { error });
    }
    if (opened) host.live.release(opened.key, this);
    this.resolveOver();
    host.ended(this);
  }
}
