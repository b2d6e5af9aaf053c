import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, type Random, systemPorts, type Timers } from '@confab/engine';
import { type CloseReason, Refusal } from '@confab/protocol';
import type { Door, DoorParts } from '../door.ts';
import { answerError, answerNothing, refuse } from '../http/answers.ts';
import { nodeLoad } from '../http/back-off.ts';
import { mayRequest } from '../http/may-request.ts';
import { errorOf } from '../session/index.ts';
import { EventPoll } from './event-poll.ts';
import { EventStream } from './event-stream.ts';
import { type EventsQuestion, eventsQuestion } from './events-question.ts';
import { type EventsSink, FollowedEvents, type NotFollowed } from './followed-events.ts';
import { defaultEventsLimits, type EventsLimits } from './limits.ts';

export const eventsPath = '/api/v1/events';

export interface EventsDoorOptions {
  readonly limits?: Partial<EventsLimits>;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: Pick<Random, 'fraction'>;
  /** How busy the node is, from 0 to 1. */
  readonly load?: () => number;
}

/** What happens, to be listened to or asked for with nothing but a GET, at `eventsPath` ([D1]). */
export function createEventsDoor(parts: DoorParts, options: EventsDoorOptions = {}): Door {
  return new EventsDoor(parts, options);
}

class EventsDoor implements Door {
  readonly name = 'events';
  readonly path = eventsPath;
  readonly refusesByItself = true as const;
  private readonly parts: DoorParts;
  private readonly ports: Required<EventsDoorOptions> & { readonly limits: EventsLimits };
  private readonly answering = new Set<ServerResponse>();

  constructor(parts: DoorParts, options: EventsDoorOptions) {
    this.parts = parts;
    const limits = { ...defaultEventsLimits, ...options.limits };
    this.ports = { ...systemPorts(), load: nodeLoad(), ...options, limits };
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const [path = ''] = (request.url ?? '').split('?');
    request.resume();
    if (request.method !== 'GET' || path !== eventsPath) {
      refuse(response, 'unknown-command', { command: `${request.method} ${path}`.slice(0, 200) });
    } else if (!mayRequest(this.parts.origins, request)) {
      refuse(response, 'foreign-origin');
    } else {
      void this.answer(request, response);
    }
  }

  close(): void {
    for (const response of this.answering) response.destroy();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.answering.add(response);
    response.once('close', () => this.answering.delete(response));
    try {
      const question = eventsQuestion(request, this.ports.limits);
      if (question.manner === 'json') await this.poll(request, response, question);
      else await this.stream(request, response, question, question.manner);
    } catch (error) {
      if (error instanceof Refusal) return answerError(response, error.toWire());
      this.parts.report('error', 'events could not be told', { error });
      refuse(response, 'internal');
    }
  }

  private async stream(
    request: IncomingMessage,
    response: ServerResponse,
    question: EventsQuestion,
    manner: 'sse' | 'lines',
  ): Promise<void> {
    const stream = new EventStream(manner, this.ports);
    const opened = await this.openFor(request, response, question, stream);
    if (opened === undefined) return;
    if ('followed' in opened) await stream.begin(response, opened.followed);
    else if ('over' in opened) answerNothing(response, 204);
    else if (manner === 'sse' && opened.error.retry === 'later') {
      EventStream.notNow(response, opened.error.code === 'draining' ? 'draining' : 'overloaded', this.ports);
    } else answerError(response, opened.error);
  }

  private async poll(request: IncomingMessage, response: ServerResponse, question: EventsQuestion): Promise<void> {
    const poll = new EventPoll(response, question, request.headers['if-none-match'], this.ports);
    const opened = await this.openFor(request, response, question, poll);
    if (opened === undefined) return;
    if ('followed' in opened) await poll.begin(opened.followed);
    else if ('over' in opened) refuse(response, 'not-found');
    else answerError(response, opened.error);
  }

  /** `undefined`: whoever asked is gone. */
  private async openFor(
    request: IncomingMessage,
    response: ServerResponse,
    question: EventsQuestion,
    sink: EventsSink,
  ): Promise<{ followed: FollowedEvents } | NotFollowed | undefined> {
    let endedEarly: CloseReason | undefined;
    let begun = false;
    let gone = false;
    response.once('close', () => {
      gone = true;
    });
    const early: EventsSink = {
      pendingBytes: () => sink.pendingBytes(),
      probe: () => sink.probe(),
      event: (event) => sink.event(event),
      ended(reason, reconnect) {
        if (begun) sink.ended(reason, reconnect);
        else endedEarly = reason;
      },
    };
    const opened = await FollowedEvents.open(this.parts, request, question, this.ports.limits.rooms, early);
    begun = true;
    const { session } = 'followed' in opened ? opened.followed : { session: undefined };
    response.once('close', () => session?.left());
    if (gone) {
      session?.left();
      return undefined;
    }
    if (endedEarly === undefined) return opened;
    session?.left();
    return { error: errorOf(endedEarly) };
  }
}
