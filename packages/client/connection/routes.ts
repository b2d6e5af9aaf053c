import type { CommandName, commands } from '@confab/protocol';

/** The HTTP routes of the protocol once more: a bundle must not hold the schemas. The compiler compares both tables. */
export const routes: { readonly [Name in CommandName]: (typeof commands)[Name]['http'] } = {
  'connection.hello': null,
  'connection.ping': null,
  'log.listen': null,
  'log.unlisten': null,
  'log.read': 'GET /logs/:log/events',
  'instance.show': 'GET /instance',
  'account.set-up': 'POST /account/set-up',
  'account.sign-up': 'POST /account/sign-up',
  'account.sign-in': 'POST /account/sign-in',
  'account.sign-out': 'POST /account/sign-out',
  'account.home': 'GET /account/home',
  'account.rename': 'POST /account/rename',
  'account.change-password': 'POST /account/change-password',
  'session.list': 'GET /sessions',
  'session.revoke': 'DELETE /sessions/:session',
  'person.look-up': 'POST /people/look-up',
  'space.create': 'POST /spaces',
  'space.rename': 'POST /spaces/:space/rename',
  'space.members': 'GET /spaces/:space/members',
  'space.set-role': 'POST /spaces/:space/members/:user/role',
  'space.remove-member': 'DELETE /spaces/:space/members/:user',
  'invite.create': 'POST /spaces/:space/invites',
  'invite.list': 'GET /spaces/:space/invites',
  'invite.revoke': 'DELETE /invites/:invite',
  'invite.look-up': 'POST /invites/look-up',
  'invite.accept': 'POST /invites/accept',
  'room.create': 'POST /spaces/:space/rooms',
  'room.browse': 'GET /spaces/:space/rooms',
  'room.show': 'GET /rooms/:room',
  'room.join': 'POST /rooms/:room/join',
  'room.leave': 'POST /rooms/:room/leave',
  'room.invite': 'POST /rooms/:room/members',
  'room.remove-member': 'DELETE /rooms/:room/members/:user',
  'room.members': 'GET /rooms/:room/members',
  'room.rename': 'POST /rooms/:room/rename',
  'room.set-topic': 'POST /rooms/:room/topic',
  'room.archive': 'POST /rooms/:room/archive',
  'room.unarchive': 'POST /rooms/:room/unarchive',
  'room.mark-read': 'POST /rooms/:room/read',
  'message.post': 'POST /rooms/:room/messages',
  'message.edit': 'PATCH /messages/:message',
  'message.delete': 'DELETE /messages/:message',
  'message.show': 'GET /messages/:message',
  'message.list': 'GET /rooms/:room/messages',
  'presence.set': null,
  'presence.watch': null,
  'presence.show': 'POST /presence/show',
  'typing.set': 'POST /rooms/:room/typing',
};

/** Commands besides the GET routes that change nothing, or change the same when repeated. */
const repeatable: ReadonlySet<CommandName> = new Set<CommandName>([
  'person.look-up',
  'invite.look-up',
  'presence.show',
  'room.mark-read',
  'room.join',
  'message.post',
]);

/** Whether a command may be repeated when its answer was lost ([C5]). */
export function isRepeatable(name: CommandName): boolean {
  return repeatable.has(name) || (routes[name]?.startsWith('GET ') ?? false);
}
