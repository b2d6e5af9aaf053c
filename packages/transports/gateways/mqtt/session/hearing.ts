import { type RoomId, roomLog, toWireError, type UserId, type WireError } from '@confab/protocol';
import type { ISubscription } from 'mqtt-packet';
import type { GatewaySession, Positions, SharedEvent } from '../../../session/index.ts';
import type { Directory } from '../directory.ts';
import {
  isLogged,
  jsonPublication,
  messagePublication,
  type OutgoingPublish,
  publicationOf,
} from '../event-publication.ts';
import type { MqttLimits } from '../limits.ts';
import type { Progress } from '../outbound/progress.ts';
import type { SendWindow } from '../outbound/send-window.ts';
import { type Reason, reasonCodes, subscribeReason } from '../reason-codes.ts';
import { type BoundInterest, type Subscription, Subscriptions, wantsRetained } from '../topics/subscriptions.ts';
import { fitsTopicLimits, isTopicFilter } from '../topics/topic-filter.ts';
import { decodeLevel, type Interest, interestsOf, type TopicKind } from '../topics/topic-shapes.ts';
import { FollowedSet } from './followed-set.ts';
import { inParallel } from './in-parallel.ts';
import { type RoomRetained, readRetained } from './retained.ts';

export interface HearingParts {
  readonly account: GatewaySession;
  readonly limits: MqttLimits;
  readonly progress: Progress;
  readonly window: SendWindow;
  /** The names of the person's rooms and people; read when first needed. */
  directory(): Promise<{ directory: Directory } | { error: WireError }>;
  /** Whether this session posted a message with that client id. */
  isOwn(clientId: string): boolean;
}

/** The answer to one filter of a SUBSCRIBE. */
interface Grant {
  readonly code: number;
  /** Why not, in the words of the protocol's errors. */
  readonly problem?: string;
  readonly subscription?: Subscription;
  readonly retained?: boolean;
}

export interface Subscribed {
  readonly codes: number[];
  readonly problem: string | null;
  /** To be called after SUBACK: what is retained goes out, then everything that follows it. */
  begin(): void;
}

const roomKinds: ReadonlySet<TopicKind> = new Set(['messages', 'events', 'typing']);
const maxWatched = 500;

const no = (reason: Reason, problem?: string): Grant => ({
  code: reasonCodes[reason],
  ...(problem === undefined ? {} : { problem }),
});

/** What one session hears: its subscriptions, and everything that is told because of them. */
export class Hearing {
  readonly subscriptions = new Subscriptions();
  private readonly parts: HearingParts;
  private readonly followed: FollowedSet;
  private ready: Promise<void> = Promise.resolve();
  private watches = false;

  constructor(parts: HearingParts) {
    this.parts = parts;
    this.followed = new FollowedSet({
      account: parts.account,
      subscriptions: this.subscriptions,
      progress: parts.progress,
      event: (event) => this.tellEvent(event),
      peopleChanged: () => void this.watchPeople(false),
    });
  }

  /** Goes on from where an earlier connection with these subscriptions stood. */
  resume(from: Positions): void {
    if (this.subscriptions.size > 0) this.ready = this.goOn(from);
  }

  /** An event of the session. */
  take(event: SharedEvent): void {
    if (this.followed.take(event)) return;
    const { frame } = event;
    if (frame.event === 'presence.changed') this.tellPresence(frame.data.user, frame.data, false);
  }

  async subscribe(wanted: readonly ISubscription[], id: number | null): Promise<Subscribed> {
    await this.ready;
    const grants: Grant[] = [];
    for (const each of wanted) grants.push(await this.grant(each, id));
    const retained = await this.readRooms(grants);
    for (const [index, grant] of grants.entries()) grants[index] = retained.refused.get(grant) ?? grant;
    const positions = new Map(retained.rooms.map(({ room, position }) => [roomLog(room), position]));
    this.followed.reserve(positions);
    const unread = this.followed.missing().filter((log) => !positions.has(log));
    await this.followed.follow(new Map(unread.map((log) => [log, null])));
    return {
      codes: grants.map(({ code }) => code),
      problem: grants.find(({ problem }) => problem !== undefined)?.problem ?? null,
      begin: () => {
        const asked = grants.filter((grant) => grant.retained === true).flatMap((grant) => grant.subscription ?? []);
        for (const room of retained.rooms) this.tellRetained(room, asked);
        void this.followed.follow(positions);
        const people = asked.some(({ interests }) => interests.some(({ kind }) => kind === 'presence'));
        void this.watchPeople(people);
      },
    };
  }

  unsubscribe(filters: readonly string[]): number[] {
    const codes = filters.map((filter) => {
      const existed = this.subscriptions.delete(filter);
      return reasonCodes[existed ? 'success' : 'no-subscription-existed'];
    });
    this.followed.trim();
    void this.watchPeople(false);
    return codes;
  }

  /** The answer to something that this client asked. */
  answer(topic: string, json: string, correlationData: Buffer | undefined): void {
    if (!topic.startsWith('answers/')) return;
    const copy = this.subscriptions.copyOn(topic);
    if (!copy) return;
    const publication = jsonPublication(json);
    this.parts.window.send({ copy, publication, retain: false, ...(correlationData ? { correlationData } : {}) }, null);
  }

  private async goOn(from: Positions): Promise<void> {
    const found = await this.parts.directory();
    if ('error' in found) {
      this.parts.account.violated('overloaded');
      return;
    }
    await this.followed.resume(found.directory, from);
    void this.watchPeople(false);
  }

  private async grant(wanted: ISubscription, id: number | null): Promise<Grant> {
    const { limits } = this.parts;
    const { topic: filter, qos, nl = false } = wanted;
    if (filter.startsWith('$share')) return no('shared-not-supported');
    if (!isTopicFilter(filter) || filter.startsWith('$') || !fitsTopicLimits(filter, limits))
      return no('filter-invalid');
    const isNew = !this.subscriptions.has(filter);
    if (isNew && this.subscriptions.size >= limits.subscriptions) return no('quota-exceeded');
    const interests = interestsOf(filter);
    if (interests.length === 0) return no('not-authorized', 'not-found');
    const bound = await this.bind(interests);
    if ('error' in bound) return no(subscribeReason(bound.error.code), bound.error.code);
    const subscription = { filter, qos, noLocal: nl, id, interests: bound.interests };
    this.subscriptions.put(subscription);
    return { code: qos, subscription, retained: wantsRetained(wanted, isNew) };
  }

  /** Finds what the names of a filter mean. Refused when none of them means anything. */
  private async bind(interests: readonly Interest[]): Promise<{ interests: BoundInterest[] } | { error: WireError }> {
    if (interests.every(({ kind }) => kind === 'answers')) {
      return { interests: interests.map((interest) => ({ ...interest, target: null })) };
    }
    const found = await this.parts.directory();
    if ('error' in found) return found;
    const { directory } = found;
    this.followed.begin(directory);
    const bound: BoundInterest[] = [];
    for (const interest of interests) {
      if (interest.name === null) {
        bound.push({ ...interest, target: null });
        continue;
      }
      const name = decodeLevel(interest.name);
      const target = roomKinds.has(interest.kind)
        ? await directory.room(name)
        : namedTarget(directory, interest.kind, name);
      if (target !== undefined) bound.push({ ...interest, target });
    }
    return bound.length > 0 ? { interests: bound } : { error: toWireError('not-found') };
  }

  /** Reads what rooms retain, and with it whether named ones may be listened to. */
  private async readRooms(grants: readonly Grant[]) {
    const { account, limits } = this.parts;
    const asked = new Map<RoomId, { message: boolean; event: boolean }>();
    const ask = (room: RoomId, kind: TopicKind, retained: boolean): void => {
      const known = asked.get(room) ?? { message: false, event: false };
      const message = known.message || (retained && kind === 'messages');
      const event = known.event || (retained && kind === 'events');
      asked.set(room, { message, event });
    };
    for (const { subscription, retained = false } of grants) {
      for (const { kind, target } of subscription?.interests ?? []) {
        if (!roomKinds.has(kind)) continue;
        const some = retained && kind !== 'typing' ? this.followed.rooms(limits.retainedRooms) : [];
        for (const room of target === null ? some : [target as RoomId]) ask(room, kind, retained);
      }
    }
    const read = await inParallel([...asked], limits.retainedReads, ([room, wanted]) =>
      readRetained(account, room, wanted).then((outcome) => ({ room, outcome })),
    );
    const rooms: RoomRetained[] = [];
    const refused = new Map<Grant, Grant>();
    for (const { room, outcome } of read) {
      if ('error' in outcome) this.refuse(room, outcome.error, grants, refused);
      else rooms.push(outcome);
    }
    return { rooms, refused };
  }

  /** Takes back what was granted for a room that may not be listened to. */
  private refuse(room: RoomId, error: WireError, grants: readonly Grant[], refused: Map<Grant, Grant>): void {
    for (const grant of grants) {
      const { subscription } = grant;
      if (!subscription?.interests.some(({ kind, target }) => roomKinds.has(kind) && target === room)) continue;
      this.subscriptions.delete(subscription.filter);
      refused.set(grant, no(subscribeReason(error.code), error.code));
    }
  }

  private tellRetained({ room, message, event }: RoomRetained, asked: readonly Subscription[]): void {
    const only = new Subscriptions();
    for (const subscription of asked) only.put(subscription);
    const { window } = this.parts;
    const frames: [TopicKind, OutgoingPublish['publication'] | undefined][] = [
      ['messages', message ? messagePublication(message) : undefined],
      ['events', event ? publicationOf('events', event) : undefined],
    ];
    for (const [kind, publication] of frames) {
      if (publication === undefined) continue;
      for (const copy of only.copiesOf(kind, room)) window.send({ copy, publication, retain: true }, null);
    }
  }

  private tellEvent(event: SharedEvent): void {
    const { frame } = event;
    if (!('log' in frame) || frame.log === undefined) return;
    const { progress, window } = this.parts;
    const [logKind = '', target = ''] = frame.log.split(':');
    const own = frame.event === 'message.posted' && this.parts.isOwn(frame.data.clientId);
    const told = (kindsOfLog[logKind] ?? []).flatMap((kind) => {
      const publication = publicationOf(kind, event);
      if (publication === undefined) return [];
      const copies = this.subscriptions.copiesOf(kind, target, own);
      return copies.map((copy): OutgoingPublish => ({ copy, publication, retain: false, of: { event, kind } }));
    });
    if (!isLogged(frame)) {
      for (const each of told) window.send(atMostOnce(each), null);
      return;
    }
    const step = progress.take(frame.log, frame.epoch, frame.seq, told.length);
    for (const each of told) window.send(each, step);
  }

  private tellPresence(user: UserId, presence: unknown, retain: boolean): void {
    const publication = jsonPublication(JSON.stringify(presence));
    for (const copy of this.subscriptions.copiesOf('presence', user)) {
      this.parts.window.send(atMostOnce({ copy, publication, retain }), null);
    }
  }

  /** Hears of the presence of exactly those whom the subscriptions name. */
  private async watchPeople(tell: boolean): Promise<void> {
    const interests = this.subscriptions.interestsIn(['presence']);
    if (interests.length === 0 && !this.watches) return;
    this.watches = interests.length > 0;
    const found = await this.parts.directory();
    if ('error' in found) return;
    const named = interests.flatMap(({ target }) => (target === null ? [] : [target as UserId]));
    const any = interests.some(({ target }) => target === null);
    const users = [...new Set([...named, ...(any ? found.directory.home.people.map(({ id }) => id) : [])])];
    const outcome = await this.parts.account.request('presence.watch', { users: users.slice(0, maxWatched) });
    if ('error' in outcome || !tell) return;
    for (const presence of outcome.result.presences) this.tellPresence(presence.user, presence, true);
  }
}

/** The kinds of topics on which the events of a log are told. */
const kindsOfLog: Readonly<Record<string, readonly TopicKind[]>> = {
  room: ['events', 'messages', 'typing'],
  space: ['space'],
  inbox: ['inbox'],
};

function namedTarget(directory: Directory, kind: TopicKind, name: string): string | undefined {
  return kind === 'presence' ? directory.person(name) : directory.space(name);
}

/** What may be dropped is told at QoS 0, whatever was granted ([E1]). */
function atMostOnce(publish: OutgoingPublish): OutgoingPublish {
  return { ...publish, copy: { ...publish.copy, qos: 0 } };
}
