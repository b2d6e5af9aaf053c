import type { LoggedEvent, LogId, Position } from '@confab/protocol';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import { isNotice } from '@confab/protocol/notices.ts';

type EventOf<Name extends LoggedEvent['event']> = Extract<LoggedEvent, { event: Name }>;

/** One log of the fake server. */
export class FakeLog {
  readonly id: LogId;
  epoch = 1;
  events: LoggedEvent[] = [];
  onAppend: (event: LoggedEvent) => void = () => {};

  constructor(id: LogId) {
    this.id = id;
  }

  get position(): Position {
    const count = this.events.filter((event) => event.event === 'message.posted' && showsInRoom(event.data)).length;
    return { epoch: this.epoch, seq: this.events.length, count };
  }

  append<Name extends LoggedEvent['event']>(
    event: Name,
    by: LoggedEvent['by'],
    data: EventOf<Name>['data'],
  ): LoggedEvent {
    const seq = this.events.length + 1;
    const logged = { event, log: this.id, epoch: this.epoch, seq, at: 1_000 + seq, by, data } as unknown as LoggedEvent;
    this.events.push(logged);
    this.onAppend(logged);
    return logged;
  }

  after(seq: number, noticesOnly = false): LoggedEvent[] {
    return this.events.slice(seq).filter((event) => !noticesOnly || isNotice(event.event, event.data));
  }

  /** [L13] */
  wipe(id: string): void {
    this.events = this.events.map((event) => {
      const ofMessage = (event.event === 'message.posted' || event.event === 'message.edited') && event.data.id === id;
      return ofMessage ? ({ ...event, data: { ...event.data, text: '' } } as LoggedEvent) : event;
    });
  }
}
