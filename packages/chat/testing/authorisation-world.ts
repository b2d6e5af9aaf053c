import type { ClientId, Params, Result, Role, RoomId, SessionId, SpaceId } from '@confab/protocol';
import type { OperationName } from '../operation.ts';
import { moderationParams } from './authorisation-measures.ts';
import type { Asker, AuthorisationRow, Situation } from './authorisation-table.ts';
import { fileParams } from './file-params.ts';
import { mailParams } from './mail-params.ts';
import { onePixel } from './one-pixel.ts';
import { pushParams } from './push-params.ts';
import { type TestPerson, testPassword } from './test-chat.ts';

/** Where a world is: how its people come to be, and how what they do is run. `TestChat` is one; a server is another. */
export interface WorldHost {
  /** Unix milliseconds, by the clock that commands go by. */
  readonly nowMs: number;
  found(): Promise<{ owner: TestPerson; space: SpaceId }>;
  /** Someone new with `testPassword`, in a space with a role or in none. */
  addPerson(handle: string, membership?: { space: SpaceId; role: Role }): Promise<TestPerson>;
  /** Another session of the same person. */
  addSession(person: TestPerson): Promise<TestPerson>;
  /** Runs a command; rejects when it is refused. */
  do<Name extends OperationName>(who: TestPerson | null, name: Name, params: Params<Name>): Promise<Result<Name>>;
}

/** Makes, for each cell of the authorisation table, an asker and something to ask about that nobody touched before. */
export class AuthorisationWorld {
  readonly host: WorldHost;
  readonly space: SpaceId;
  /** An owner who makes what the askers ask about. */
  readonly founder: TestPerson;
  #names = 0;

  private constructor(host: WorldHost, space: SpaceId, founder: TestPerson) {
    this.host = host;
    this.space = space;
    this.founder = founder;
  }

  static async openOn(host: WorldHost): Promise<AuthorisationWorld> {
    const { owner, space } = await host.found();
    return new AuthorisationWorld(host, space, owner);
  }

  async asker(asker: Asker): Promise<TestPerson | null> {
    if (asker === 'signed-out') return null;
    return asker === 'stranger' ? this.#person() : this.#person(asker);
  }

  /** Parameters for one cell, with everything made that they name. */
  async params(row: AuthorisationRow, asker: TestPerson | null): Promise<Params<OperationName>> {
    const make = paramsOf[row.operation];
    return make(this, row.situation, asker);
  }

  name(): string {
    this.#names += 1;
    return `name-${this.#names}`;
  }

  #person(role?: Role): Promise<TestPerson> {
    return this.host.addPerson(this.name(), role ? { space: this.space, role } : undefined);
  }

  async target(situation: Situation): Promise<TestPerson['user']> {
    return (await this.#person(situation === 'of-owner' ? 'owner' : 'member')).user;
  }

  async invite() {
    return this.host.do(this.founder, 'invite.create', { space: this.space });
  }

  /** A room as the situation has it. Who asks is in it for `in` and `own`, if they are in the space at all. */
  async room(situation: Situation, asker: TestPerson | null): Promise<RoomId> {
    if (situation === 'direct' || situation === 'group') return this.#place(situation, asker);
    const visibility = situation === 'public' ? 'public' : 'private';
    const params = { space: this.space, name: this.name(), visibility } as const;
    if (situation === 'created' && asker && (await this.#roleOf(asker)) !== undefined)
      return this.#createdBy(asker, params);
    const { room } = await this.host.do(this.founder, 'room.create', params);
    if ((situation === 'in' || situation === 'own') && asker && (await this.#roleOf(asker)) !== undefined) {
      await this.host.do(this.founder, 'room.invite', { room: room.info.id, user: asker.user });
    }
    return room.info.id;
  }

  async #place(kind: 'direct' | 'group', asker: TestPerson | null): Promise<RoomId> {
    const inside = asker && (await this.#roleOf(asker)) !== undefined ? asker.user : await this.target('usual');
    const users = kind === 'direct' ? [inside] : [inside, await this.target('usual')];
    return (await this.host.do(this.founder, 'direct.open', { users })).room.info.id;
  }

  async message(situation: Situation, asker: TestPerson | null) {
    const room = await this.room(situation, asker);
    const author = situation === 'own' && asker && (await this.#roleOf(asker)) !== undefined ? asker : this.founder;
    const clientId = this.name() as ClientId;
    return (await this.host.do(author, 'message.post', { room, clientId, text: 'hello' })).id;
  }

  /** Whether they are in the space. */
  async isKnown(person: TestPerson): Promise<boolean> {
    return (await this.#roleOf(person)) !== undefined;
  }

  async #roleOf(person: TestPerson) {
    return (await this.host.do(person, 'account.home', {})).spaces.find((space) => space.id === this.space)?.role;
  }

  /** A guest can only have made a room before they became one. */
  async #createdBy(asker: TestPerson, params: Params<'room.create'>): Promise<RoomId> {
    const guest = (await this.#roleOf(asker)) === 'guest';
    const setRole = (role: 'member' | 'guest') =>
      this.host.do(this.founder, 'space.set-role', { space: this.space, user: asker.user, role });
    if (guest) await setRole('member');
    const { room } = await this.host.do(asker, 'room.create', params);
    if (guest) await setRole('guest');
    return room.info.id;
  }
}

export type Make<Name extends OperationName> = (
  world: AuthorisationWorld,
  situation: Situation,
  asker: TestPerson | null,
) => Params<Name> | Promise<Params<Name>>;

const nothing = () => ({});
const inSpace = ({ space }: AuthorisationWorld) => ({ space });
const inRoom: Make<'room.show'> = async (world, situation, asker) => ({ room: await world.room(situation, asker) });
const aboutMessage: Make<'message.show'> = async (world, situation, asker) => ({
  message: await world.message(situation, asker),
});

const withEmoji: Make<'reaction.add'> = async (world, situation, asker) => ({
  message: await world.message(situation, asker),
  emoji: '👍',
});

/** A message that people vote on. */
const aboutPoll: Make<'poll.close'> = async (world, situation, asker) => {
  const room = await world.room(situation, asker);
  const author = situation === 'own' && asker && (await world.isKnown(asker)) ? asker : world.founder;
  const params = { room, clientId: world.name() as ClientId, text: 'Which?', poll: { options: ['one', 'other'] } };
  return { message: (await world.host.do(author, 'poll.create', params)).id };
};

const emojiIn = async (world: AuthorisationWorld, space: SpaceId) =>
  (await world.host.do(world.founder, 'emoji.add', { space, name: world.name(), file: onePixel })).emoji;

/** An emoji of the space, or for `else` one of another space. */
const emojiOf = async (world: AuthorisationWorld, situation: Situation) => {
  const { space } = world;
  const where =
    situation === 'else' ? (await world.host.do(world.founder, 'space.create', { name: 'Z' })).space.id : space;
  return { space, emoji: (await emojiIn(world, where)).id };
};

/** A group of people of the space, or for `else` one of another space. */
const groupOf = async (world: AuthorisationWorld, situation: Situation) => {
  const { space } = world;
  const where =
    situation === 'else' ? (await world.host.do(world.founder, 'space.create', { name: 'Y' })).space.id : space;
  const crew = { space: where, handle: world.name(), name: 'Crew', people: [] };
  const { group } = await world.host.do(world.founder, 'people-group.create', crew);
  return { space, group: group.id };
};

/** A message that waits to be posted: the asker's own, if they are in the space at all, or for `else` the founder's. */
const waiting: Make<'scheduled.cancel'> = async (world, situation, asker) => {
  const room = await world.room('own', asker);
  const author = situation === 'own' && asker && (await world.isKnown(asker)) ? asker : world.founder;
  const params = { room, clientId: world.name() as ClientId, text: 'hello', dueAt: world.host.nowMs + 60_000 };
  return { scheduled: (await world.host.do(author, 'scheduled.create', params)).scheduled.id };
};

/** What the founder has put together, and nobody else may know of. One for all who ask: a person may have only a few. */
const exportOfFounder: Make<'export.remove'> = async (world) => {
  const made = exportsMade.get(world) ?? world.host.do(world.founder, 'account.export', {});
  exportsMade.set(world, made);
  return { export: (await made).export.id };
};
const exportsMade = new WeakMap<AuthorisationWorld, Promise<Result<'account.export'>>>();

/** A section of the asker's own list, if they are in the space at all, or for `else` of the founder's. */
const ownSection: Make<'section.delete'> = async (world, situation, asker) => {
  const owner = situation === 'own' && asker && (await world.isKnown(asker)) ? asker : world.founder;
  const { section } = await world.host.do(owner, 'section.create', { space: world.space, name: world.name() });
  return { section: section.id };
};

/** One that the asker keeps, or for `else` the founder. */
const keptCursor: Make<'cursor.show'> = async (world, situation, asker) => {
  const [keeper, name] = situation === 'else' ? [world.founder, 'of-the-founder'] : [asker, world.name()];
  if (keeper) await world.host.do(keeper, 'cursor.save', { name, state: 1 });
  return { name };
};

/** A peer id that the asker has claimed, or that somebody else has. */
const claimedId = async (world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) => {
  const claim = { peer: world.name(), holder: 'here', secret: 'a' };
  const claimer = situation === 'else' ? world.founder : asker;
  if (claimer) await world.host.do(claimer, 'peer.claim', claim);
  return claim;
};
const heldPeer: Make<'peer.renew'> = async (world, situation, asker) => {
  const { peer, holder } = await claimedId(world, situation, asker);
  return { peer, holder };
};

const paramsOf: { readonly [Name in OperationName]: Make<Name> } = {
  'instance.show': nothing,
  'account.set-up': (world) => ({
    handle: world.name(),
    name: 'X',
    password: testPassword,
    space: 'X',
    deliver: 'token',
  }),
  'account.sign-up': async (world) => ({
    handle: world.name(),
    name: 'X',
    password: testPassword,
    invite: (await world.invite()).token,
    deliver: 'token',
  }),
  'account.sign-in': ({ founder }) => ({ handle: founder.handle, password: testPassword, deliver: 'token' }),
  'account.sign-out': nothing,
  'account.home': nothing,
  'account.rename': (world) => ({ name: world.name() }),
  'account.set-picture': () => ({ file: onePixel }),
  'account.remove-picture': nothing,
  'account.change-password': () => ({ current: testPassword, next: 'four white storks' }),
  'account.set-settings': () => ({ theme: 'dark' }),
  'account.set-status': (world) => ({ text: world.name() }),
  'session.list': nothing,
  'session.revoke': async (world, situation, asker) => {
    if (situation === 'else' || !asker) return { session: world.founder.actor.session as SessionId };
    return { session: (await world.host.addSession(asker)).actor.session };
  },
  'person.look-up': ({ founder }) => ({ users: [founder.user] }),

  'space.create': (world) => ({ name: world.name() }),
  'space.rename': (world) => ({ space: world.space, name: world.name() }),
  'space.set-picture': ({ space }) => ({ space, file: onePixel }),
  'space.remove-picture': inSpace,
  'space.set-welcome': (world) => ({ space: world.space, welcome: world.name() }),
  'space.dismiss-welcome': inSpace,
  'space.members': inSpace,
  'space.set-role': async (world, situation) => ({
    space: world.space,
    user: await world.target(situation),
    role: situation === 'to-owner' ? 'owner' : 'admin',
  }),
  'space.remove-member': async (world, situation) => ({ space: world.space, user: await world.target(situation) }),
  'invite.create': inSpace,
  'invite.list': inSpace,
  'invite.revoke': async (world) => ({ invite: (await world.invite()).invite.id }),
  'invite.look-up': async (world) => ({ token: (await world.invite()).token }),
  'invite.accept': async (world) => ({ token: (await world.invite()).token }),

  'room.create': (world) => ({ space: world.space, name: world.name(), visibility: 'private' }),
  'emoji.list': inSpace,
  'emoji.add': (world) => ({ space: world.space, name: world.name(), file: onePixel }),
  'emoji.picture': async (world) => {
    const { space, picture } = await emojiIn(world, world.space);
    return { space, picture };
  },
  'emoji.rename': async (world, situation) => ({
    ...(await emojiOf(world, situation)),
    name: world.name(),
    aliases: [],
  }),
  'emoji.remove': emojiOf,
  'people-group.list': inSpace,
  'people-group.create': (world) => ({ space: world.space, handle: world.name(), name: 'Crew', people: [] }),
  'people-group.rename': async (world, situation) => ({
    ...(await groupOf(world, situation)),
    handle: world.name(),
    name: 'Crew',
  }),
  'people-group.set-people': async (world, situation) => ({ ...(await groupOf(world, situation)), people: [] }),
  'people-group.delete': groupOf,
  'room.browse': inSpace,
  'room.show': inRoom,
  'room.join': inRoom,
  'room.leave': inRoom,
  'room.invite': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    user: await world.target('usual'),
  }),
  'room.remove-member': async (world, situation, asker) => {
    const room = await world.room(situation, asker);
    const user = await world.target('usual');
    const { members } = await world.host.do(world.founder, 'room.members', { room }).catch(() => ({ members: [] }));
    const inviter = members.length > 0 ? world.founder : asker;
    if (inviter) await world.host.do(inviter, 'room.invite', { room, user }).catch(() => undefined);
    return { room, user };
  },
  'room.members': inRoom,
  'room.rename': async (world, situation, asker) => ({ room: await world.room(situation, asker), name: world.name() }),
  'room.set-description': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    description: 'new',
  }),
  'room.set-topic': async (world, situation, asker) => ({ room: await world.room(situation, asker), topic: 'new' }),
  'room.set-picture': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    file: onePixel,
  }),
  'room.remove-picture': inRoom,
  'picture.show': async ({ host, founder }) => {
    const { picture = '' } = await host.do(founder, 'account.set-picture', { file: onePixel });
    return { picture };
  },
  'room.archive': inRoom,
  'room.unarchive': inRoom,
  'room.mark-unread': async (world, situation, asker) => ({ room: await world.room(situation, asker), seq: 1 }),
  'room.set-notifications': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    notify: 'all',
    mutedUntil: null,
  }),
  'room.set-rules': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    slowModeMs: 5_000,
    whoPosts: 'all',
  }),
  'room.mark-read': async (world, situation, asker) => ({ room: await world.room(situation, asker), seq: 1 }),

  'direct.open': async (world) => ({ users: [await world.target('usual')] }),
  'direct.close': inRoom,
  'group.add': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    users: [await world.target('usual')],
    history: 'visible',
  }),
  'block.add': async (world) => ({ user: await world.target('usual') }),
  'block.remove': async (world) => ({ user: await world.target('usual') }),
  'block.list': nothing,

  ...moderationParams,
  ...fileParams,

  'webhook.create': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    name: world.name(),
  }),
  'webhook.list': inRoom,
  'webhook.revoke': async (world) => {
    const room = await world.room('public', null);
    const { webhook } = await world.host.do(world.founder, 'webhook.create', { room, name: world.name() });
    return { webhook: webhook.id };
  },

  'message.post': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    clientId: world.name() as ClientId,
    text: 'hello',
  }),
  'message.edit': async (world, situation, asker) => ({ message: await world.message(situation, asker), text: 'new' }),
  'message.delete': aboutMessage,
  'message.show': aboutMessage,
  'message.history': aboutMessage,
  'message.list': inRoom,
  'message.pin': aboutMessage,
  'message.unpin': aboutMessage,
  'message.pins': inRoom,
  'message.remove-previews': aboutMessage,
  'poll.create': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    clientId: world.name() as ClientId,
    text: 'Which?',
    poll: { options: ['one', 'other'] },
  }),
  'poll.vote': async (...from) => ({ ...(await aboutPoll(...from)), choices: [0] }),
  'poll.retract': aboutPoll,
  'poll.close': aboutPoll,
  'poll.own': async (...from) => ({ messages: [(await aboutPoll(...from)).message] }),
  'poll.voters': async (...from) => ({ ...(await aboutPoll(...from)), option: 0 }),
  'mention.list': nothing,
  'search.messages': async (world, situation, asker) => ({
    text: 'hello',
    ...(situation === 'usual' ? {} : { room: await world.room(situation, asker) }),
  }),
  'reaction.add': withEmoji,
  'reaction.remove': withEmoji,
  'reaction.list': withEmoji,
  'thread.show': aboutMessage,
  'thread.follow': aboutMessage,
  'thread.unfollow': aboutMessage,
  'thread.mark-read': async (world, situation, asker) => ({
    message: await world.message(situation, asker),
    index: 1,
  }),
  'thread.list': nothing,

  'scheduled.create': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    clientId: world.name() as ClientId,
    text: 'hello',
    dueAt: world.host.nowMs + 60_000,
  }),
  'scheduled.list': nothing,
  'scheduled.update': async (world, situation, asker) => ({ ...(await waiting(world, situation, asker)), text: 'new' }),
  'scheduled.cancel': waiting,
  'scheduled.send-now': waiting,
  'draft.save': async (world, situation, asker) => ({ room: await world.room(situation, asker), text: 'he', at: 1 }),
  'draft.list': nothing,
  ...pushParams,
  ...mailParams,
  'reminder.set': async (world, situation, asker) => ({
    message: await world.message(situation, asker),
    dueAt: world.host.nowMs + 60_000,
  }),
  'reminder.remove': aboutMessage,
  'reminder.list': nothing,
  'section.create': (world) => ({ space: world.space, name: world.name() }),
  'section.rename': async (world, situation, asker) => ({
    ...(await ownSection(world, situation, asker)),
    name: 'new',
  }),
  'section.fold': async (world, situation, asker) => ({
    ...(await ownSection(world, situation, asker)),
    collapsed: true,
  }),
  'section.move': async (world, situation, asker) => ({ ...(await ownSection(world, situation, asker)), before: null }),
  'section.delete': ownSection,
  'section.place': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    section: null,
    favourite: true,
  }),
  'bookmark.add': aboutMessage,
  'bookmark.remove': aboutMessage,
  'bookmark.list': nothing,
  'account.export': nothing,
  'room.export': inRoom,
  'export.list': nothing,
  'export.remove': exportOfFounder,
  'export.part': async (...asked) => ({ ...(await exportOfFounder(...asked)), part: 1 }),

  'receipt.mark-delivered': async (world) => ({ rooms: [{ room: await world.room('in', world.founder), seq: 1 }] }),
  'receipt.list': inRoom,
  'room.set-receipts': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    receipts: 'off',
  }),
  'presence.set': () => ({ state: 'online' }),
  'presence.watch': ({ founder }) => ({ users: [founder.user] }),
  'presence.show': ({ founder }) => ({ users: [founder.user] }),
  'broadcast.send': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    name: 'pointer',
    payload: '[3,4]',
  }),
  'typing.set': async (world, situation, asker) => ({ room: await world.room(situation, asker), typing: true }),

  'peer.announce': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    from: 'a',
    present: true,
  }),
  'peer.signal': async (world, situation, asker) => ({
    // Somebody who is not in the room is not there, though it is one's own.
    room: await world.room(situation === 'else' ? 'in' : situation, asker),
    to: situation === 'else' ? await world.target('usual') : world.founder.user,
    ...{ peer: '*', from: 'a', kind: 'hello', payload: '' },
  }),
  'peer.claim': async (world, situation, asker) => ({
    ...(await claimedId(world, situation, situation === 'usual' ? null : asker)),
    secret: 'a',
  }),
  'peer.renew': heldPeer,
  'peer.release': heldPeer,
  'peer.reach': async (world, situation, asker) => ({
    from: (await claimedId(world, situation, asker)).peer,
    peer: (await claimedId(world, 'else', asker)).peer,
    ...{ kind: 'hello', payload: '' },
  }),

  'cursor.save': (world) => ({ name: world.name(), state: { at: 1 } }),
  'cursor.show': keptCursor,
  'cursor.list': nothing,
  'cursor.delete': keptCursor,
};
