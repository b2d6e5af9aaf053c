import type { Clock, Report, Timers } from '@confab/engine';
import type { WireError } from '@confab/protocol';
import type { ISubscribePacket } from 'mqtt-packet';
import type { GatewaySession, SharedEvent } from '../../../session/index.ts';
import { Directory } from '../directory.ts';
import { Receiving } from '../inbound/receiving.ts';
import { SendIds } from '../inbound/send-ids.ts';
import type { MqttLimits } from '../limits.ts';
import { PacketIds } from '../outbound/packet-ids.ts';
import { Progress } from '../outbound/progress.ts';
import { SendWindow } from '../outbound/send-window.ts';
import type { Version } from '../wire/check-packet.ts';
import { encodePacket } from '../wire/codec.ts';
import { PacketFault } from '../wire/packet-fault.ts';
import { Hearing } from './hearing.ts';
import type { SavedSession } from './saved-session.ts';
import { SessionSaver } from './session-saver.ts';
import { type AskAs, removeExpired, type SessionStore } from './session-store.ts';

/** More than any packet of ours with a reason string has. */
const explanationBytes = 1_024;

export interface MqttSessionParts {
  readonly version: Version;
  readonly limits: MqttLimits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly account: GatewaySession;
  /** For what outlives the connection: asks with the person's token. */
  readonly ask: AskAs;
  readonly clientId: string;
  /** Seconds that the session is kept after its client left; 0: it ends with the connection. */
  readonly expiryS: number;
  readonly store: SessionStore;
  readonly saved: SavedSession | undefined;
  /** What the client allows: unacknowledged packets, bytes of one. */
  readonly receiveMaximum: number;
  readonly maxPacketBytes: number;
  /** Request Problem Information: whether reasons may be explained (MQTT 5.0, section 3.1.2.11.7). */
  readonly explains: boolean;
  write(bytes: Buffer): void;
}

/** One MQTT session on its connection: what it hears, what it says, and where it stands. */
export class MqttSession {
  expiryS: number;
  readonly window: SendWindow;
  readonly receiving: Receiving;
  private readonly parts: MqttSessionParts;
  private readonly hearing: Hearing;
  private readonly progress: Progress;
  private readonly packetIds: PacketIds;
  private readonly sendIds: SendIds;
  private readonly saver: SessionSaver;
  private readonly own = new Set<string>();
  private loading: Promise<{ directory: Directory } | { error: WireError }> | null = null;

  constructor(parts: MqttSessionParts) {
    this.parts = parts;
    const { account, limits, saved, timers, version } = parts;
    this.expiryS = parts.expiryS;
    const { user = '' } = account.welcome ?? {};
    this.packetIds = new PacketIds(saved?.packetIds ?? 0);
    this.sendIds = new SendIds(`${user} ${parts.clientId}`, limits.knownSends, saved?.sends);
    this.saver = new SessionSaver({ timers, delayMs: limits.saveMs, save: (next) => this.save(next) });
    this.progress = new Progress(() => this.saveSoon());
    for (const [log, position] of saved?.positions ?? []) this.progress.begin(log, position);
    this.window = new SendWindow(
      {
        version,
        maximum: Math.min(limits.sendWindow, parts.receiveMaximum),
        maxPacketBytes: parts.maxPacketBytes,
        ids: this.packetIds,
        progress: this.progress,
        write: (bytes) => this.write(bytes),
        relaxed: () => account.drained(),
      },
      saved?.unfinished,
    );
    const directory = () => this.directory();
    this.hearing = new Hearing({
      account,
      limits,
      progress: this.progress,
      window: this.window,
      directory,
      isOwn: (clientId) => this.own.has(clientId),
    });
    for (const subscription of saved?.subscriptions ?? []) this.hearing.subscriptions.put(subscription);
    this.receiving = new Receiving(
      {
        version,
        limits,
        timers,
        account,
        clock: parts.clock,
        persistent: this.isKept ? { ids: this.sendIds, saver: this.saver } : null,
        directory,
        write: (bytes) => this.write(bytes),
        explained: (text) => this.explained(text),
        answer: (topic, json, correlationData) => this.hearing.answer(topic, json, correlationData),
        posting: (clientId) => this.remember(clientId),
      },
      saved?.unreleased ?? [],
    );
  }

  private get isKept(): boolean {
    return this.expiryS > 0;
  }

  /** Notes a session that is kept before it is used. Answers with why it cannot be. */
  async begin(): Promise<WireError | undefined> {
    if (!this.isKept) return undefined;
    const { ask, clock, limits } = this.parts;
    const error = await this.saver.now();
    if (error?.code !== 'limit-reached' || !(await removeExpired(ask, clock.now(), limits.sessionExpiryS)))
      return error;
    return this.saver.now();
  }

  /** After CONNACK: what an earlier connection left open, and everything from where it stood. */
  resume(): void {
    const { saved } = this.parts;
    if (!saved) return;
    this.window.resume();
    this.hearing.resume(saved.positions);
  }

  take(event: SharedEvent): void {
    this.hearing.take(event);
  }

  async subscribe({ messageId = 0, subscriptions, properties }: ISubscribePacket): Promise<void> {
    const subscribed = await this.hearing.subscribe(subscriptions, properties?.subscriptionIdentifier ?? null);
    // What SUBACK promises holds over a kill.
    const error = this.isKept ? await this.saver.now() : undefined;
    if (error !== undefined) throw new PacketFault('server-unavailable', error.code);
    const { codes, problem } = subscribed;
    const { version } = this.parts;
    const explained = problem === null ? {} : this.explained(problem);
    const granted = version === 5 ? codes : codes.map((code) => Math.min(code, 0x80));
    this.write(encodePacket({ cmd: 'suback', messageId, granted, ...explained }, version));
    subscribed.begin();
  }

  /** A reason string, for a client that wants one and can take it. */
  explained(text: string): { properties?: { reasonString: string } } {
    const { explains, maxPacketBytes } = this.parts;
    return explains && maxPacketBytes >= explanationBytes ? { properties: { reasonString: text } } : {};
  }

  async unsubscribe(messageId: number, filters: readonly string[]): Promise<void> {
    const granted = this.hearing.unsubscribe(filters);
    if (this.isKept) await this.saver.now();
    this.write(encodePacket({ cmd: 'unsuback', messageId, granted }, this.parts.version));
  }

  /** The connection is over: keeps what is to be kept, forgets what is not. */
  async end(): Promise<void> {
    this.saver.stop();
    if (this.isKept) {
      await this.saver.idle();
      await this.saveAt(true, this.parts.clock.now());
    } else if (this.parts.expiryS > 0 || this.parts.saved !== undefined) {
      await this.saver.idle();
      await this.parts.store.remove();
    }
  }

  private write(bytes: Buffer): void {
    this.parts.write(bytes);
    if (this.isKept && this.packetIds.runsOut) this.saveSoon();
  }

  private saveSoon(): void {
    if (this.isKept) this.saver.soon();
  }

  private save(next: boolean): Promise<WireError | undefined> {
    return this.saveAt(next, null);
  }

  private async saveAt(next: boolean, endedAt: number | null): Promise<WireError | undefined> {
    const packetIds = this.packetIds.toNote;
    const sends = this.sendIds.toSave(next);
    try {
      const error = await this.parts.store.save({
        expiryS: this.expiryS,
        endedAt,
        packetIds,
        sends,
        subscriptions: this.hearing.subscriptions.all(),
        positions: this.progress.positions(),
        unfinished: this.window.unfinished(),
        unreleased: this.receiving.toSave,
      });
      if (error !== undefined) return error;
    } catch (error) {
      this.parts.report('error', 'an MQTT session could not be saved', { error });
      return { code: 'internal', message: '', retry: 'later' };
    }
    this.packetIds.noted(packetIds);
    this.sendIds.saved(sends);
    this.window.goOn();
    return undefined;
  }

  private directory(): Promise<{ directory: Directory } | { error: WireError }> {
    this.loading ??= Directory.load((command, params) => this.parts.account.request(command, params)).then((found) => {
      if ('error' in found) this.loading = null;
      return found;
    });
    return this.loading;
  }

  private remember(clientId: string): void {
    this.own.add(clientId);
    for (const oldest of this.own) {
      if (this.own.size <= this.parts.limits.ownMessages) break;
      this.own.delete(oldest);
    }
  }
}
