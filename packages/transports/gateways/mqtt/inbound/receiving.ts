import { randomUUID } from 'node:crypto';
import type { Clock, Timers } from '@confab/engine';
import { type ErrorCode, type Result, toWireError, type WireError } from '@confab/protocol';
import type { IPublishPacket } from 'mqtt-packet';
import type { GatewaySession, Outcome } from '../../../session/index.ts';
import type { Directory } from '../directory.ts';
import type { MqttLimits } from '../limits.ts';
import { type PublishRequest, publishRequest, type Untranslatable } from '../publish-request.ts';
import { publishReason, type Reason, reasonCodes } from '../reason-codes.ts';
import type { SessionSaver } from '../session/session-saver.ts';
import { fitsTopicLimits } from '../topics/topic-filter.ts';
import type { Version } from '../wire/check-packet.ts';
import { encodePacket } from '../wire/codec.ts';
import { PacketFault } from '../wire/packet-fault.ts';
import type { SendIds } from './send-ids.ts';

export interface ReceivingParts {
  readonly version: Version;
  readonly limits: MqttLimits;
  readonly timers: Timers;
  readonly account: GatewaySession;
  /** `null`: the session ends with its connection, so nothing has to be known again. */
  readonly persistent: { readonly ids: SendIds; readonly saver: SessionSaver } | null;
  readonly clock: Clock;
  directory(): Promise<{ directory: Directory } | { error: WireError }>;
  write(bytes: Buffer): void;
  /** A reason string, if the client wants one. */
  explained(text: string): { properties?: { reasonString: string } };
  /** What the client asked for is answered on this topic, if it listens there. */
  answer(topic: string, json: string, correlationData: Buffer | undefined): void;
  /** The session is about to post something under this id. */
  posting(clientId: string): void;
}

/** Commands that a subscription does instead: run by hand they would take from it what it hears. */
const ownCommands: ReadonlySet<string> = new Set(['connection.hello', 'log.listen', 'log.unlisten', 'presence.watch']);

const wrongs: Readonly<Record<Untranslatable, { code: ErrorCode; problem: string; reason: Reason }>> = {
  'no-such-topic': { code: 'not-found', problem: '', reason: 'topic-invalid' },
  'not-utf8': { code: 'invalid-params', problem: 'it is not UTF-8', reason: 'payload-format-invalid' },
  'not-json': { code: 'invalid-params', problem: 'it is not the JSON expected', reason: 'payload-format-invalid' },
  'not-a-value': {
    code: 'invalid-params',
    problem: 'it is none of the words expected',
    reason: 'payload-format-invalid',
  },
};

interface Done {
  readonly outcome: Outcome<unknown>;
  readonly reason: Reason;
  readonly clientId?: string;
}

const refused = (error: WireError): Done => ({ outcome: { error }, reason: publishReason(error.code) });

/** Waits for a rate to allow a message of QoS 1 or 2 again; then it is refused. */
const maxWaits = 30;

/** What one client publishes: run one after the other, and acknowledged when the answer is there. */
export class Receiving {
  private readonly parts: ReceivingParts;
  /** Packet ids of QoS 1 and 2 that are not acknowledged to the end. */
  private readonly open = new Set<number>();
  /** Those of QoS 2 that are done and wait for PUBREL. */
  private readonly unreleased: Set<number>;

  /** Unix ms: what was posted before it was posted on another connection. */
  private readonly sinceMs: number;

  constructor(parts: ReceivingParts, unreleased: readonly number[]) {
    this.parts = parts;
    this.unreleased = new Set(unreleased);
    this.sinceMs = parts.clock.now();
  }

  /** The client said something. */
  heard(): void {
    const { persistent, clock } = this.parts;
    if (persistent?.ids.heard(clock.monotonic())) persistent.saver.soon();
  }

  get toSave(): number[] {
    return [...this.unreleased];
  }

  /**
   * Notes a packet as it is read, before its turn comes.
   * @throws PacketFault when the client sends more than it may
   */
  arrived({ qos, messageId }: IPublishPacket): void {
    if (qos === 0 || messageId === undefined) return;
    const { limits, version } = this.parts;
    this.open.add(messageId);
    const tooMany = version === 5 ? this.open.size > limits.receiveMaximum : this.unreleased.size >= limits.unreleased;
    if (tooMany) throw new PacketFault('receive-maximum-exceeded', 'more messages than Receive Maximum');
  }

  /** Runs one packet and acknowledges it. */
  async publish(packet: IPublishPacket): Promise<void> {
    const { qos, messageId = 0 } = packet;
    // It is stored; only our PUBREC was lost.
    if (qos === 2 && this.unreleased.has(messageId)) {
      this.acknowledge(packet, 'success', '');
      return;
    }
    const done = await this.run(packet);
    if (this.parts.account.isOver) return;
    this.answer(packet, done);
    if (qos === 0) return;
    const { outcome, reason } = done;
    if ('result' in outcome) this.acknowledge(packet, 'success', '');
    else if (this.parts.version === 5) this.acknowledge(packet, reason, outcome.error.code);
    // MQTT 3.1.1 has no word for "no", so what may succeed later is left to be sent again (section 3.3.5.2).
    else if (outcome.error.retry === 'later' && outcome.error.code !== 'internal') {
      throw new PacketFault('server-unavailable', outcome.error.code);
    } else this.acknowledge(packet, 'success', '');
  }

  /**
   * PUBREL. An id that is not known is no error: the message is stored, or there would have been no PUBREC; only the
   * server was killed since. Clients take any other answer for a failure of the message.
   */
  release(packetId: number): void {
    this.unreleased.delete(packetId);
    this.open.delete(packetId);
    this.parts.write(encodePacket({ cmd: 'pubcomp', messageId: packetId, reasonCode: 0 }, this.parts.version));
  }

  private acknowledge({ qos, messageId = 0 }: IPublishPacket, reason: Reason, text: string): void {
    const { version } = this.parts;
    if (qos === 2 && reason === 'success') this.unreleased.add(messageId);
    else this.open.delete(messageId);
    const cmd = qos === 1 ? 'puback' : 'pubrec';
    const explained = text === '' ? {} : this.parts.explained(text);
    this.parts.persistent?.ids.acknowledged(messageId, this.parts.clock.monotonic());
    this.parts.write(encodePacket({ cmd, messageId, reasonCode: reasonCodes[reason], ...explained }, version));
  }

  private answer({ topic, properties }: IPublishPacket, { outcome, clientId }: Done): void {
    const told = clientId === undefined ? outcome : { clientId, ...outcome };
    const to = properties?.responseTopic ?? `answers/${topic}`;
    this.parts.answer(to, JSON.stringify(told), properties?.correlationData);
  }

  private async run(packet: IPublishPacket): Promise<Done> {
    const { topic } = packet;
    const fits = fitsTopicLimits(topic, this.parts.limits);
    const request = fits ? publishRequest(packet) : ({ kind: 'wrong', why: 'no-such-topic' } as const);
    switch (request.kind) {
      case 'post':
        return this.post(packet, request);
      case 'typing': {
        const reached = await this.reach(request.room);
        if ('error' in reached) return refused(reached.error);
        return this.ask(packet, 'typing.set', { room: reached.room, typing: request.typing });
      }
      case 'presence':
        return this.setPresence(packet, request);
      case 'command':
        if (ownCommands.has(request.command)) {
          const details = { path: '/topic', problem: 'subscribe to a topic instead' };
          return { outcome: { error: toWireError('invalid-params', details) }, reason: 'topic-invalid' };
        }
        return this.ask(packet, request.command, request.params);
      case 'nothing':
        return { outcome: { result: {} }, reason: 'success' };
      case 'wrong': {
        const { code, problem, reason } = wrongs[request.why];
        const details = problem === '' ? {} : { path: '/payload', problem };
        return { outcome: { error: toWireError(code, details) }, reason };
      }
    }
  }

  private async post(packet: IPublishPacket, request: PublishRequest & { kind: 'post' }): Promise<Done> {
    const named = request.clientId === null ? {} : { clientId: request.clientId };
    const reached = await this.reach(request.room);
    if ('error' in reached) return { ...refused(reached.error), ...named };
    const id = request.clientId === null ? await this.idFor(packet) : { id: request.clientId };
    if ('error' in id) return refused(id.error);
    this.parts.posting(id.id);
    const params = { room: reached.room, clientId: id.id, text: request.text };
    const done = await this.ask(packet, 'message.post', params);
    if ('result' in done.outcome && packet.qos > 0) {
      const { postedAt } = done.outcome.result as Result<'message.post'>;
      this.parts.persistent?.ids.answered(postedAt >= this.sinceMs);
    }
    return { ...done, clientId: id.id };
  }

  private async setPresence(packet: IPublishPacket, request: PublishRequest & { kind: 'presence' }): Promise<Done> {
    const found = await this.parts.directory();
    if ('error' in found) return refused(found.error);
    const { directory } = found;
    if (directory.person(request.person) !== directory.home.me.id) return refused(toWireError('forbidden'));
    return this.ask(packet, 'presence.set', { state: request.state });
  }

  private async reach(name: string): Promise<{ room: string } | { error: WireError }> {
    const found = await this.parts.directory();
    if ('error' in found) return found;
    const room = await found.directory.room(name);
    return room === undefined ? { error: toWireError('not-found') } : { room };
  }

  /** The id by which a message is known when it comes again; of QoS 0 none comes again. */
  private async idFor(packet: IPublishPacket): Promise<{ id: string } | { error: WireError }> {
    const { persistent } = this.parts;
    const { qos, messageId = 0, dup, topic, payload } = packet;
    if (persistent === null || qos === 0) return { id: randomUUID() };
    const { ids, saver } = persistent;
    const sent = { packetId: messageId, dup, topic, payload: Buffer.from(payload as Buffer) };
    // Ids given while a state is being saved would belong to neither side of it.
    await saver.idle();
    if (ids.needsEra(sent)) {
      const error = await saver.now(true);
      if (error !== undefined) return { error };
    }
    saver.soon();
    return { id: ids.idFor(sent) };
  }

  /** Of QoS 1 and 2, what comes too fast is not refused but waits: the client is held up by its own window. */
  private async ask({ qos }: IPublishPacket, command: string, params: unknown): Promise<Done> {
    const { account, timers } = this.parts;
    for (let waits = 0; ; waits += 1) {
      const outcome = await account.requestAny(command, params);
      if ('result' in outcome) return { outcome, reason: 'success' };
      const { code, retryAfterMs = 1_000 } = outcome.error;
      if (code !== 'too-many-requests' || qos === 0 || waits >= maxWaits || account.isOver)
        return refused(outcome.error);
      await new Promise<void>((resolve) => void timers.after(retryAfterMs, resolve));
    }
  }
}
