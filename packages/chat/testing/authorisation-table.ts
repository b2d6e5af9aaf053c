import type { ErrorCode } from '@confab/protocol';
import type { OperationName } from '../operation.ts';

/** Who asks: a role in the space, someone of no space, or nobody. The order of the columns below. */
export const askers = ['owner', 'admin', 'moderator', 'member', 'guest', 'stranger', 'signed-out'] as const;
export type Asker = (typeof askers)[number];

export type Answer = 'ok' | ErrorCode;

/**
 * What the operation is asked about: in a room that the asker is `in`; one of others that is `public` or `private`;
 * one that the asker made (`created`); someone `else`, an `owner`; or just the usual.
 */
export type Situation =
  | 'usual'
  | 'in'
  | 'public'
  | 'private'
  | 'created'
  | 'own'
  | 'else'
  | 'of-owner'
  | 'to-owner'
  /** In a direct of the asker and somebody else, and in a group of them and one more; a stranger is in neither. */
  | 'direct'
  | 'group';

/** The states of an account or session, and what every question that needs one is answered with in them. */
export const accountStates = {
  active: undefined,
  disabled: 'account-disabled',
  revoked: 'session-revoked',
} as const satisfies Record<string, Answer | undefined>;
export type AccountState = keyof typeof accountStates;

export interface AuthorisationRow {
  readonly operation: OperationName;
  readonly situation: Situation;
  /** One for each of `askers`. */
  readonly answers: readonly [Answer, Answer, Answer, Answer, Answer, Answer, Answer];
}

const row = (operation: OperationName, situation: Situation, ...answers: AuthorisationRow['answers']) =>
  ({ operation, situation, answers }) satisfies AuthorisationRow;

const nf = 'not-found';
const no = 'forbidden';
const out = 'unauthenticated';
const link = 'link-invalid';
const noMail = 'mail-not-set-up';
const taken = 'peer-id-taken';
const not = 'not-in-this-room';

const everyone = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'] as const;
const signedIn = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', out] as const;
const linkInvalid = [link, link, link, link, link, link, link] as const;
const noMailHere = [noMail, noMail, noMail, noMail, noMail, noMail, out] as const;
const nobody = [nf, nf, nf, nf, nf, nf, out] as const;
const admins = ['ok', 'ok', no, no, no, nf, out] as const;
const ownersOnly = ['ok', no, no, no, no, nf, out] as const;
const moderators = ['ok', 'ok', 'ok', no, no, nf, out] as const;
/** Whoever is in the space, guests too. */
const inSpace = ['ok', 'ok', 'ok', 'ok', 'ok', nf, out] as const;
const members = ['ok', 'ok', 'ok', 'ok', no, nf, out] as const;
const roomMembers = ['ok', 'ok', 'ok', 'ok', 'ok', nf, out] as const;
const publicReaders = ['ok', 'ok', 'ok', 'ok', nf, nf, out] as const;
const publicAdmins = ['ok', 'ok', no, no, nf, nf, out] as const;
const publicModerators = ['ok', 'ok', 'ok', no, nf, nf, out] as const;
/** In a private room that the asker is not in. */
const reportedOnly = ['ok', 'ok', 'ok', nf, nf, nf, out] as const;
const inPlaceForbidden = [no, no, no, no, no, nf, out] as const;
const notInPlace = [not, not, not, not, not, nf, out] as const;
const seenButClosed = [no, no, no, no, nf, nf, out] as const;

/** Written by hand from the rules, not from the operations' declarations: that is what it checks them against. */
export const authorisationTable: readonly AuthorisationRow[] = [
  row('instance.show', 'usual', ...everyone),
  row('account.set-up', 'usual', ...(Array(7).fill('already-set-up') as unknown as AuthorisationRow['answers'])),
  row('account.sign-up', 'usual', ...everyone),
  row('account.sign-in', 'usual', ...everyone),
  row('account.sign-out', 'usual', ...signedIn),
  row('account.home', 'usual', ...signedIn),
  row('account.rename', 'usual', ...signedIn),
  row('account.set-picture', 'usual', ...signedIn),
  row('account.remove-picture', 'usual', ...signedIn),
  row('account.change-password', 'usual', ...signedIn),
  row('account.set-settings', 'usual', ...signedIn),
  row('account.set-status', 'usual', ...signedIn),
  row('session.list', 'usual', ...signedIn),
  row('session.revoke', 'own', ...signedIn),
  row('session.revoke', 'else', ...nobody),
  row('person.look-up', 'usual', ...signedIn),

  row('space.create', 'usual', 'ok', no, no, no, no, no, out),
  row('space.rename', 'usual', ...admins),
  row('space.set-picture', 'usual', ...admins),
  row('space.remove-picture', 'usual', ...admins),
  row('space.set-welcome', 'usual', ...admins),
  row('space.dismiss-welcome', 'usual', ...roomMembers),
  row('space.members', 'usual', ...members),
  row('space.set-role', 'usual', ...admins),
  row('space.set-role', 'of-owner', ...ownersOnly),
  row('space.set-role', 'to-owner', ...ownersOnly),
  row('space.remove-member', 'usual', ...admins),
  row('space.remove-member', 'of-owner', ...ownersOnly),
  row('invite.create', 'usual', ...admins),
  row('invite.list', 'usual', ...admins),
  row('invite.revoke', 'usual', 'ok', 'ok', nf, nf, nf, nf, out),
  row('invite.look-up', 'usual', ...everyone),
  row('invite.accept', 'usual', ...signedIn),

  row('room.create', 'usual', ...members),
  row('emoji.list', 'usual', ...inSpace),
  row('emoji.picture', 'usual', ...inSpace),
  row('emoji.add', 'usual', ...admins),
  row('emoji.rename', 'usual', ...admins),
  row('emoji.rename', 'else', nf, nf, no, no, no, nf, out),
  row('emoji.remove', 'usual', ...admins),
  row('people-group.list', 'usual', ...members),
  row('people-group.create', 'usual', ...admins),
  row('people-group.rename', 'usual', ...admins),
  row('people-group.rename', 'else', nf, nf, no, no, no, nf, out),
  row('people-group.set-people', 'usual', ...admins),
  row('people-group.delete', 'usual', ...admins),
  row('room.browse', 'usual', ...members),
  row('room.show', 'in', ...roomMembers),
  row('room.show', 'public', ...publicReaders),
  row('room.show', 'private', ...nobody),
  row('room.join', 'in', ...roomMembers),
  row('room.join', 'public', ...publicReaders),
  row('room.join', 'private', ...nobody),
  row('room.leave', 'in', ...roomMembers),
  row('room.leave', 'public', ...seenButClosed),
  row('room.leave', 'private', ...nobody),
  row('room.invite', 'in', ...members),
  row('room.invite', 'public', ...seenButClosed),
  row('room.invite', 'private', ...nobody),
  row('room.remove-member', 'in', ...moderators),
  row('room.remove-member', 'public', ...publicModerators),
  row('room.remove-member', 'private', ...nobody),
  row('room.remove-member', 'created', ...members),
  row('room.members', 'in', ...roomMembers),
  row('room.members', 'public', ...publicReaders),
  row('room.members', 'private', ...nobody),
  row('room.rename', 'in', ...admins),
  row('room.rename', 'public', ...publicAdmins),
  row('room.rename', 'private', ...nobody),
  row('room.rename', 'created', ...members),
  row('room.set-description', 'in', ...moderators),
  row('room.set-description', 'public', ...publicModerators),
  row('room.set-description', 'private', ...nobody),
  row('room.set-description', 'created', ...members),
  row('room.set-description', 'group', ...roomMembers),
  row('room.set-topic', 'in', ...members),
  row('room.set-topic', 'public', ...seenButClosed),
  row('room.set-topic', 'private', ...nobody),
  row('room.set-picture', 'in', ...members),
  row('room.set-picture', 'public', ...seenButClosed),
  row('room.set-picture', 'private', ...nobody),
  row('room.remove-picture', 'in', ...members),
  row('room.remove-picture', 'public', ...seenButClosed),
  row('room.remove-picture', 'private', ...nobody),
  row('picture.show', 'usual', ...signedIn),
  row('room.archive', 'in', ...admins),
  row('room.archive', 'public', ...publicAdmins),
  row('room.archive', 'private', ...nobody),
  row('room.archive', 'created', ...members),
  row('room.unarchive', 'in', ...admins),
  row('room.unarchive', 'public', ...publicAdmins),
  row('room.unarchive', 'private', ...nobody),
  row('room.unarchive', 'created', ...members),
  row('room.mark-unread', 'in', ...roomMembers),
  row('room.mark-unread', 'public', ...seenButClosed),
  row('room.mark-unread', 'private', ...nobody),
  row('room.set-notifications', 'in', ...roomMembers),
  row('room.set-notifications', 'public', ...seenButClosed),
  row('room.set-notifications', 'private', ...nobody),
  row('room.set-rules', 'in', ...moderators),
  row('room.set-rules', 'public', ...publicModerators),
  row('room.set-rules', 'private', ...nobody),
  row('room.set-rules', 'created', ...members),
  row('room.set-rules', 'group', ...inPlaceForbidden),
  row('room.mark-read', 'in', ...roomMembers),
  row('room.mark-read', 'public', ...seenButClosed),
  row('room.mark-read', 'private', ...nobody),

  // In a direct or group everybody in it is the same, whatever they are in a space.
  row('room.show', 'direct', ...roomMembers),
  row('room.leave', 'direct', ...notInPlace),
  row('room.leave', 'group', ...roomMembers),
  row('room.invite', 'direct', ...notInPlace),
  row('room.invite', 'group', ...notInPlace),
  row('room.remove-member', 'group', ...inPlaceForbidden),
  row('room.members', 'group', ...roomMembers),
  row('room.rename', 'direct', ...inPlaceForbidden),
  row('room.rename', 'group', ...roomMembers),
  row('room.set-topic', 'direct', ...notInPlace),
  row('room.set-topic', 'group', ...roomMembers),
  row('room.set-picture', 'direct', ...notInPlace),
  row('room.set-picture', 'group', ...roomMembers),
  row('room.remove-picture', 'direct', ...notInPlace),
  row('room.remove-picture', 'group', ...roomMembers),
  row('room.archive', 'group', ...inPlaceForbidden),
  row('room.mark-unread', 'direct', ...roomMembers),
  row('room.set-notifications', 'direct', ...roomMembers),
  row('message.post', 'direct', ...roomMembers),
  row('message.delete', 'group', ...inPlaceForbidden),
  row('webhook.create', 'group', ...inPlaceForbidden),

  row('direct.open', 'usual', 'ok', 'ok', 'ok', 'ok', nf, nf, out),
  row('direct.close', 'direct', ...roomMembers),
  row('direct.close', 'in', not, not, not, not, not, nf, out),
  row('direct.close', 'public', ...seenButClosed),
  row('direct.close', 'private', ...nobody),
  row('group.add', 'group', 'ok', 'ok', 'ok', 'ok', nf, nf, out),
  row('group.add', 'direct', ...notInPlace),
  row('group.add', 'in', not, not, not, not, no, nf, out),
  row('group.add', 'public', ...seenButClosed),
  row('group.add', 'private', ...nobody),
  row('block.add', 'usual', 'ok', 'ok', 'ok', 'ok', nf, nf, out),
  row('block.remove', 'usual', ...signedIn),
  row('block.list', 'usual', ...signedIn),

  row('moderation.mute', 'usual', ...moderators),
  row('moderation.mute', 'of-owner', no, no, no, no, no, nf, out),
  row('moderation.unmute', 'usual', ...moderators),
  row('moderation.unmute', 'of-owner', no, no, no, no, no, nf, out),
  row('moderation.ban', 'usual', ...moderators),
  row('moderation.ban', 'of-owner', no, no, no, no, no, nf, out),
  row('moderation.unban', 'usual', ...moderators),
  row('moderation.warn', 'usual', ...moderators),
  row('moderation.warn', 'of-owner', no, no, no, no, no, nf, out),
  row('moderation.sanctions', 'usual', ...moderators),
  row('moderation.report', 'in', ...roomMembers),
  row('moderation.report', 'public', ...publicReaders),
  row('moderation.report', 'private', ...nobody),
  row('moderation.report', 'direct', ...notInPlace),
  row('moderation.queue', 'usual', ...moderators),
  row('moderation.take', 'usual', ...reportedOnly),
  row('moderation.take', 'else', ...nobody),
  row('moderation.decide', 'usual', ...reportedOnly),
  row('moderation.decide', 'else', ...nobody),
  row('moderation.filter', 'usual', ...moderators),
  row('moderation.set-filter', 'usual', ...admins),
  row('moderation.audit', 'usual', ...admins),
  row('moderation.set-audit-term', 'usual', ...ownersOnly),
  row('moderation.acknowledge', 'usual', ...signedIn),
  row('webhook.create', 'in', ...admins),
  row('webhook.create', 'public', ...seenButClosed),
  row('webhook.create', 'private', ...nobody),
  row('webhook.list', 'in', ...admins),
  row('webhook.list', 'public', ...publicAdmins),
  row('webhook.list', 'private', ...nobody),
  row('webhook.revoke', 'usual', 'ok', 'ok', nf, nf, nf, nf, out),

  row('message.post', 'in', ...roomMembers),
  row('message.post', 'public', ...seenButClosed),
  row('message.post', 'private', ...nobody),
  row('message.edit', 'own', ...roomMembers),
  row('message.edit', 'in', no, no, no, no, no, nf, out),
  row('message.edit', 'public', ...seenButClosed),
  row('message.edit', 'private', ...nobody),
  row('message.delete', 'own', ...roomMembers),
  row('message.delete', 'in', ...moderators),
  row('message.delete', 'public', ...publicModerators),
  row('message.delete', 'private', ...nobody),
  row('message.remove-file', 'own', ...roomMembers),
  row('message.remove-file', 'in', ...moderators),
  row('message.remove-file', 'public', ...publicModerators),
  row('message.remove-file', 'private', ...nobody),
  row('file.begin', 'in', ...roomMembers),
  row('file.begin', 'public', ...seenButClosed),
  row('file.begin', 'private', ...nobody),
  row('file.complete', 'own', ...roomMembers),
  row('file.complete', 'else', ...nobody),
  row('file.discard', 'own', ...roomMembers),
  row('file.discard', 'else', ...nobody),
  row('file.describe', 'own', ...roomMembers),
  row('file.describe', 'in', ...inPlaceForbidden),
  row('file.describe', 'public', ...seenButClosed),
  row('file.describe', 'private', ...nobody),
  row('file.describe', 'else', ...nobody),
  row('file.show', 'in', ...roomMembers),
  row('file.show', 'public', ...publicReaders),
  row('file.show', 'private', ...nobody),
  row('file.show', 'else', ...nobody),
  row('file.list', 'in', ...roomMembers),
  row('file.list', 'public', ...publicReaders),
  row('file.list', 'private', ...nobody),
  row('file.entries', 'in', ...roomMembers),
  row('file.entries', 'public', ...publicReaders),
  row('file.entries', 'private', ...nobody),
  row('file.entries', 'else', ...nobody),
  row('file.address', 'in', ...roomMembers),
  row('file.address', 'public', ...publicReaders),
  row('file.address', 'private', ...nobody),
  row('file.address', 'else', ...nobody),
  row('file.locate', 'in', ...roomMembers),
  row('file.locate', 'public', ...publicReaders),
  row('file.locate', 'private', ...nobody),
  row('file.locate', 'else', ...nobody),
  row('message.show', 'in', ...roomMembers),
  row('message.show', 'public', ...publicReaders),
  row('message.show', 'private', ...nobody),
  row('message.history', 'in', ...roomMembers),
  row('message.history', 'public', ...publicReaders),
  row('message.history', 'private', ...nobody),
  row('message.list', 'in', ...roomMembers),
  row('message.list', 'public', ...publicReaders),
  row('message.list', 'private', ...nobody),

  row('message.pin', 'in', ...roomMembers),
  row('message.pin', 'public', ...seenButClosed),
  row('message.pin', 'private', ...nobody),
  row('message.unpin', 'in', ...roomMembers),
  row('message.unpin', 'public', ...seenButClosed),
  row('message.unpin', 'private', ...nobody),
  row('message.pins', 'in', ...roomMembers),
  row('message.pins', 'public', ...publicReaders),
  row('message.pins', 'private', ...nobody),

  row('message.remove-previews', 'own', ...roomMembers),
  row('message.remove-previews', 'in', ...moderators),
  row('message.remove-previews', 'public', ...publicModerators),
  row('message.remove-previews', 'private', ...nobody),

  row('mention.list', 'usual', ...signedIn),
  row('search.messages', 'usual', ...signedIn),
  row('search.messages', 'in', ...roomMembers),
  row('search.messages', 'public', ...publicReaders),
  row('search.messages', 'private', ...nobody),
  row('poll.create', 'in', ...roomMembers),
  row('poll.create', 'public', ...seenButClosed),
  row('poll.create', 'private', ...nobody),
  row('poll.vote', 'in', ...roomMembers),
  row('poll.vote', 'public', ...seenButClosed),
  row('poll.vote', 'private', ...nobody),
  row('poll.retract', 'in', ...roomMembers),
  row('poll.retract', 'public', ...seenButClosed),
  row('poll.retract', 'private', ...nobody),
  row('poll.close', 'in', ...moderators),
  row('poll.close', 'public', ...publicModerators),
  row('poll.close', 'own', ...roomMembers),
  row('poll.close', 'private', ...nobody),
  row('poll.own', 'usual', ...signedIn),
  row('poll.voters', 'in', ...roomMembers),
  row('poll.voters', 'public', ...publicReaders),
  row('poll.voters', 'private', ...nobody),
  row('reaction.add', 'in', ...roomMembers),
  row('reaction.add', 'public', ...seenButClosed),
  row('reaction.add', 'private', ...nobody),
  row('reaction.remove', 'in', ...roomMembers),
  row('reaction.remove', 'public', ...seenButClosed),
  row('reaction.remove', 'private', ...nobody),
  row('reaction.list', 'in', ...roomMembers),
  row('reaction.list', 'public', ...publicReaders),
  row('reaction.list', 'private', ...nobody),
  row('thread.show', 'in', ...roomMembers),
  row('thread.show', 'public', ...publicReaders),
  row('thread.show', 'private', ...nobody),
  row('thread.follow', 'in', ...roomMembers),
  row('thread.follow', 'public', ...seenButClosed),
  row('thread.follow', 'private', ...nobody),
  row('thread.unfollow', 'in', ...roomMembers),
  row('thread.unfollow', 'public', ...seenButClosed),
  row('thread.unfollow', 'private', ...nobody),
  row('thread.mark-read', 'in', ...roomMembers),
  row('thread.mark-read', 'public', ...seenButClosed),
  row('thread.mark-read', 'private', ...nobody),
  row('thread.list', 'usual', ...signedIn),

  row('scheduled.create', 'in', ...roomMembers),
  row('scheduled.create', 'public', ...seenButClosed),
  row('scheduled.create', 'private', ...nobody),
  row('scheduled.list', 'usual', ...signedIn),
  row('scheduled.update', 'own', ...roomMembers),
  row('scheduled.update', 'else', ...nobody),
  row('scheduled.cancel', 'own', ...roomMembers),
  row('scheduled.cancel', 'else', ...nobody),
  row('scheduled.send-now', 'own', ...roomMembers),
  row('scheduled.send-now', 'else', ...nobody),
  row('draft.save', 'in', ...roomMembers),
  row('draft.save', 'public', ...seenButClosed),
  row('draft.save', 'private', ...nobody),
  row('draft.list', 'usual', ...signedIn),
  row('push.list', 'usual', ...signedIn),
  row('push.subscribe', 'usual', ...signedIn),
  row('push.unsubscribe', 'own', ...signedIn),
  row('push.unsubscribe', 'else', ...nobody),
  row('push.test', 'own', ...signedIn),
  row('push.test', 'else', ...nobody),
  row('account.show-email', 'usual', ...signedIn),
  row('account.set-email', 'usual', ...noMailHere),
  row('account.remove-email', 'usual', ...signedIn),
  row('account.confirm-email', 'usual', ...noMailHere),
  row('account.test-email', 'usual', ...noMailHere),
  row('email.verify', 'usual', ...linkInvalid),
  row('email.unsubscribe', 'usual', ...linkInvalid),
  row('reminder.set', 'in', ...roomMembers),
  row('reminder.set', 'public', ...publicReaders),
  row('reminder.set', 'private', ...nobody),
  row('reminder.remove', 'usual', ...signedIn),
  row('reminder.list', 'usual', ...signedIn),
  row('section.create', 'usual', ...roomMembers),
  row('section.rename', 'own', ...roomMembers),
  row('section.rename', 'else', ...nobody),
  row('section.fold', 'own', ...roomMembers),
  row('section.fold', 'else', ...nobody),
  row('section.move', 'own', ...roomMembers),
  row('section.move', 'else', ...nobody),
  row('section.delete', 'own', ...roomMembers),
  row('section.delete', 'else', ...nobody),
  row('section.place', 'in', ...roomMembers),
  row('section.place', 'public', ...seenButClosed),
  row('section.place', 'private', ...nobody),
  row('bookmark.add', 'in', ...roomMembers),
  row('bookmark.add', 'public', ...publicReaders),
  row('bookmark.add', 'private', ...nobody),
  row('bookmark.remove', 'usual', ...signedIn),
  row('bookmark.list', 'usual', ...signedIn),
  row('account.export', 'usual', ...signedIn),
  row('room.export', 'in', ...admins),
  row('room.export', 'public', ...seenButClosed),
  row('room.export', 'private', ...nobody),
  row('room.export', 'group', ...inPlaceForbidden),
  row('export.list', 'usual', ...signedIn),
  row('export.remove', 'else', ...signedIn),
  row('export.part', 'else', ...nobody),
  row('receipt.mark-delivered', 'usual', ...signedIn),
  row('receipt.list', 'in', ...roomMembers),
  row('receipt.list', 'public', ...seenButClosed),
  row('receipt.list', 'private', ...nobody),
  row('room.set-receipts', 'in', ...admins),
  row('room.set-receipts', 'public', ...publicAdmins),
  row('room.set-receipts', 'private', ...nobody),
  row('room.set-receipts', 'created', ...members),

  row('presence.set', 'usual', ...signedIn),
  row('presence.watch', 'usual', ...signedIn),
  row('presence.show', 'usual', ...signedIn),
  row('typing.set', 'in', ...roomMembers),
  row('typing.set', 'public', ...seenButClosed),
  row('typing.set', 'private', ...nobody),
  row('broadcast.send', 'in', ...roomMembers),
  row('broadcast.send', 'public', ...seenButClosed),
  row('broadcast.send', 'private', ...nobody),

  row('peer.announce', 'in', ...roomMembers),
  row('peer.announce', 'public', ...seenButClosed),
  row('peer.announce', 'private', ...nobody),
  row('peer.signal', 'in', ...roomMembers),
  row('peer.signal', 'else', nf, nf, nf, nf, nf, nf, out),
  row('peer.signal', 'public', ...seenButClosed),
  row('peer.signal', 'private', ...nobody),
  row('peer.claim', 'usual', ...signedIn),
  row('peer.claim', 'else', taken, taken, taken, taken, taken, taken, out),
  row('peer.renew', 'own', ...signedIn),
  row('peer.renew', 'else', ...nobody),
  row('peer.release', 'own', ...signedIn),
  row('peer.release', 'else', ...nobody),
  row('peer.reach', 'own', 'ok', 'ok', 'ok', 'ok', nf, nf, out),
  row('peer.reach', 'else', no, no, no, no, no, no, out),

  row('cursor.save', 'usual', ...signedIn),
  row('cursor.show', 'own', ...signedIn),
  row('cursor.show', 'else', ...nobody),
  row('cursor.list', 'usual', ...signedIn),
  row('cursor.delete', 'own', ...signedIn),
  row('cursor.delete', 'else', ...nobody),
];

/** Rows that are asked in one world at most: a space holds only so many rooms, and each row makes some. */
const rowsPerWorld = 80;

/** Rows in parts, each for a world of its own. */
export function partsOf(rows: readonly AuthorisationRow[]): AuthorisationRow[][] {
  const count = Math.ceil(rows.length / rowsPerWorld);
  return Array.from({ length: count }, (_, part) => rows.slice(part * rowsPerWorld, (part + 1) * rowsPerWorld));
}

/** Whether an operation is refused to everybody who is not signed in. */
function needsSession({ answers }: AuthorisationRow): boolean {
  return answers[askers.indexOf('signed-out')] === out;
}

/**
 * The answers to a row when the askers' accounts are in a state: an ended session is refused, except where none is
 * needed. `signedInOnly`: over a door that lets nobody in without a session, whatever they ask.
 */
export function answersIn(row: AuthorisationRow, state: AccountState, { signedInOnly = false } = {}): Answer[] {
  const asksSession = signedInOnly || needsSession(row);
  return row.answers.map((answer, column) => {
    if (!asksSession) return answer;
    return askers[column] === 'signed-out' ? out : (accountStates[state] ?? answer);
  });
}
