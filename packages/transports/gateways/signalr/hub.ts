import type { Credentials, Timers } from '@confab/engine';
import { toWireError, type WireError } from '@confab/protocol';
import type { DoorParts } from '../../door.ts';
import {
  type GatewayLink,
  GatewaySession,
  type Outcome,
  type Positions,
  type SharedEvent,
  SharedLogs,
} from '../../session/index.ts';
import { CallOrder } from './call-order.ts';
import { EventStream, type StreamQuestion } from './event-stream.ts';
import type { HubEncoding } from './hub/encoding.ts';
import { type HubMessage, type Invocation, messageTypes, type StreamInvocation } from './hub/message.ts';
import { callOf, itemOf } from './hub/told-event.ts';
import { hubMethods } from './hub-methods.ts';
import type { SignalRLimits } from './limits.ts';
import { otherMode, refused, unknownMethod, unwantedStreams } from './refusals.ts';
import { ToldRooms } from './told-rooms.ts';

export interface HubParts extends Pick<DoorParts, 'reception' | 'report'> {
  readonly limits: SignalRLimits;
  readonly timers: Timers;
}

/** What a hub has to say to its client. */
export interface HubOut {
  readonly encoding: HubEncoding;
  /** A message that counts: a call, an item, a completion. */
  send(bytes: Buffer): void;
}

/** The methods that a signed-in client can call, and the calls and streams that it gets. */
export class Hub {
  readonly session: GatewaySession;
  readonly limits: SignalRLimits;
  readonly told: ToldRooms;
  private readonly out: HubOut;
  private readonly report: HubParts['report'];
  private readonly order: CallOrder;
  private readonly shared: SharedLogs;
  private readonly streams = new Map<string, EventStream | null>();
  private cancelSettle: () => void = () => {};

  private constructor(parts: HubParts, session: GatewaySession, shared: SharedLogs, told: ToldRooms, out: HubOut) {
    this.limits = parts.limits;
    this.report = parts.report;
    this.order = new CallOrder(parts.limits.waitingCalls);
    this.session = session;
    this.shared = shared;
    this.told = told;
    this.out = out;
  }

  /** Lets a client in, or says why not; then nothing is left to close. */
  static async open(
    parts: HubParts,
    credentials: Credentials,
    link: Omit<GatewayLink, 'event'>,
    out: HubOut,
    from?: Positions,
  ): Promise<{ hub: Hub } | { error: WireError }> {
    let take = (_event: SharedEvent): void => {};
    const opened = await GatewaySession.open(parts, credentials, { ...link, event: (event) => take(event) });
    if ('error' in opened) return opened;
    const { session } = opened;
    const shared = new SharedLogs(session);
    const rooms = await ToldRooms.open(shared, (event) => out.send(callOf(out.encoding, event)), from);
    if ('error' in rooms) {
      session.left();
      return rooms;
    }
    const hub = new Hub(parts, session, shared, rooms.told, out);
    take = (event) => hub.hear(event);
    return { hub };
  }

  /** Begins to tell of all rooms in a while, unless the client joins some before. */
  settleIn(timers: Timers, delayMs: number): void {
    this.cancelSettle();
    if (!this.told.isSettled) this.cancelSettle = timers.after(delayMs, () => this.told.settle(true));
  }

  /** The connection is gone. */
  left(): void {
    this.cancelSettle();
    this.session.left();
  }

  call(message: Invocation | StreamInvocation): void {
    const { target, invocationId } = message;
    const method = hubMethods.get(target.toLowerCase());
    const streams = message.type === messageTypes.streamInvocation;
    const uploads = message.streamIds?.length ?? 0;
    if (method === undefined) this.fail(invocationId, unknownMethod(target));
    else if (method.streams !== streams) this.fail(invocationId, otherMode(method.name, method.streams));
    else if (uploads > 0) this.fail(invocationId, unwantedStreams(method.name, uploads));
    else {
      const answered = method.streams
        ? this.stream(message.invocationId ?? '', method.name, method.question(this, message.arguments))
        : this.answer(
            invocationId,
            method.name,
            this.order.run(() => method.run(this, message.arguments), method.holdsOthers),
          );
      answered.catch((error: unknown) => {
        this.report('error', 'a call of a SignalR client failed', { method: method.name, error });
        this.streams.delete(invocationId ?? '');
        this.fail(invocationId, refused(method.name, toWireError('internal')));
      });
    }
  }

  /** Ends a stream. Of what is not there any more nothing is said. */
  cancel(invocationId: string): void {
    if (!this.streams.has(invocationId)) return;
    this.streams.get(invocationId)?.close();
    this.streams.delete(invocationId);
    this.complete({ type: messageTypes.completion, invocationId });
  }

  private hear(event: SharedEvent): void {
    if (this.shared.take(event)) return;
    const { frame } = event;
    // An event of a log that is not followed any more was on its way.
    if (!('log' in frame) || frame.log === undefined) this.out.send(callOf(this.out.encoding, event));
  }

  private async answer(
    invocationId: string | undefined,
    name: string,
    outcome: Outcome<unknown> | Promise<Outcome<unknown>>,
  ): Promise<void> {
    const answered = await outcome;
    if ('error' in answered) this.fail(invocationId, refused(name, answered.error));
    else if (invocationId !== undefined) {
      this.complete({ type: messageTypes.completion, invocationId, result: answered.result });
    }
  }

  private async stream(
    invocationId: string,
    name: string,
    question: StreamQuestion | { error: WireError },
  ): Promise<void> {
    const { streams, out, limits } = this;
    const fail = (error: WireError): void => {
      if (streams.delete(invocationId)) this.fail(invocationId, refused(name, error));
    };
    if (streams.has(invocationId)) {
      this.session.violated('malformed');
      return;
    }
    if (streams.size >= limits.streams) {
      const error = toWireError('limit-reached', { limit: limits.streams, what: 'streams of one connection' });
      this.fail(invocationId, refused(name, error));
      return;
    }
    streams.set(invocationId, null);
    if ('error' in question) return fail(question.error);
    this.told.settle(false);
    const { encoding } = out;
    const item = (value: Buffer): void => out.send(encoding.streamItem(invocationId, value));
    const opened = await EventStream.open(this.shared, question, {
      opened: (cursor) => item(encoding.value({ event: 'stream.opened', cursor })),
      event: (event) => item(itemOf(encoding, event)),
    });
    if ('error' in opened) return fail(opened.error);
    // It was cancelled while it was being opened.
    if (!streams.has(invocationId)) return opened.stream.close();
    streams.set(invocationId, opened.stream);
    const error = await opened.stream.start();
    if (error === undefined) return;
    opened.stream.close();
    fail(error);
  }

  private fail(invocationId: string | undefined, error: string): void {
    if (invocationId !== undefined) this.complete({ type: messageTypes.completion, invocationId, error });
  }

  private complete(message: HubMessage): void {
    if (!this.session.isOver) this.out.send(this.out.encoding.encode(message));
  }
}
