import {
  changePassword,
  listSessions,
  renameAccount,
  revokeSession,
  setUp,
  showInstance,
  signIn,
  signOut,
  signUp,
} from './accounts/index.ts';
import { addBlock, listBlocks, removeBlock } from './blocks/index.ts';
import { addBookmark, listBookmarks, removeBookmark } from './bookmarks/index.ts';
import { sendBroadcast } from './broadcasts/index.ts';
import { deleteCursor, listCursors, saveCursor, showCursor } from './cursors/index.ts';
import {
  addEmoji,
  listEmoji,
  removeEmoji,
  renameEmoji,
  showPicture as showEmojiPicture,
} from './custom-emoji/index.ts';
import { addToGroup, closeDirect, openDirect } from './directs/index.ts';
import { listDrafts, saveDraft } from './drafts/index.ts';
import { exportAccount, exportRoom, listExports, removeExport, showExportPart } from './exports/index.ts';
import {
  addressFile,
  beginFile,
  completeFile,
  describeFile,
  discardFile,
  listEntries,
  listFiles,
  locateFile,
  showFile,
} from './files/index.ts';
import { showHome } from './home/index.ts';
import { confirmEmail, removeEmail, setEmail, showEmail, testEmail, unsubscribe, verifyEmail } from './mail/index.ts';
import { listMentions } from './mention-list/index.ts';
import {
  deleteMessage,
  editMessage,
  listMessages,
  postMessage,
  removeFile,
  showHistory,
  showMessage,
} from './messages/index.ts';
import {
  acknowledgeNote,
  banPerson,
  decideCase,
  listAudit,
  listSanctions,
  mutePerson,
  reportMessage,
  setAuditTerm,
  setFilter,
  showFilter,
  showQueue,
  takeCase,
  unbanPerson,
  unmutePerson,
  warnPerson,
} from './moderation/index.ts';
import type { Operation, OperationName } from './operation.ts';
import { announcePeer, claimPeer, reachPeer, releasePeer, renewPeer, signalPeer } from './peers/index.ts';
import {
  createPeopleGroup,
  deletePeopleGroup,
  listPeopleGroups,
  renamePeopleGroup,
  setPeopleOfGroup,
} from './people-groups/index.ts';
import {
  removeAccountPicture,
  removeRoomPicture,
  removeSpacePicture,
  setAccountPicture,
  setRoomPicture,
  setSpacePicture,
  showPicture,
} from './pictures/index.ts';
import { listPins, pinMessage, unpinMessage } from './pins/index.ts';
import { closePoll, createPoll, listVoters, ownVotes, retractVote, vote } from './polls/index.ts';
import { lookUpPeople, setPresence, showPresence, watchPresence } from './presence/index.ts';
import { removePreviews } from './previews/index.ts';
import { addSubscription, listSubscriptions, removeSubscription, testSubscription } from './push/index.ts';
import { addReaction, listReactors, removeReaction } from './reactions/index.ts';
import { listReceipts, markDelivered, setReceiptsOfRoom } from './receipts/index.ts';
import { listReminders, removeReminder, setReminder } from './reminders/index.ts';
import {
  archiveRoom,
  browseRooms,
  createRoom,
  inviteToRoom,
  joinRoom,
  leaveRoom,
  listRoomMembers,
  markRead,
  markUnread,
  removeRoomMember,
  renameRoom,
  setDescription,
  setNotifications,
  setRoomRules,
  setTopic,
  showRoom,
  unarchiveRoom,
} from './rooms/index.ts';
import {
  cancelScheduled,
  createScheduled,
  listScheduled,
  sendScheduledNow,
  updateScheduled,
} from './scheduled/index.ts';
import { searchMessages } from './search/index.ts';
import { createSection, deleteSection, foldSection, moveSection, placeRoom, renameSection } from './sections/index.ts';
import { setSettings } from './settings/index.ts';
import {
  acceptInvite,
  createInvite,
  createSpace,
  dismissWelcome,
  listInvites,
  listSpaceMembers,
  lookUpInvite,
  removeSpaceMember,
  renameSpace,
  revokeInvite,
  setRole,
  setWelcome,
} from './spaces/index.ts';
import { setStatus } from './status/index.ts';
import { followThread, listThreads, markThreadRead, showThread, unfollowThread } from './threads/index.ts';
import { setTyping } from './typing/index.ts';
import { createWebhook, listWebhooks, revokeWebhook } from './webhooks/index.ts';

/** Every operation there is. A command without one, or one without declared access, does not compile. */
export const operations = {
  'instance.show': showInstance,
  'account.set-up': setUp,
  'account.sign-up': signUp,
  'account.sign-in': signIn,
  'account.sign-out': signOut,
  'account.home': showHome,
  'account.rename': renameAccount,
  'account.set-picture': setAccountPicture,
  'account.remove-picture': removeAccountPicture,
  'account.change-password': changePassword,
  'account.set-settings': setSettings,
  'account.set-status': setStatus,
  'session.list': listSessions,
  'session.revoke': revokeSession,
  'person.look-up': lookUpPeople,

  'space.create': createSpace,
  'space.rename': renameSpace,
  'space.set-picture': setSpacePicture,
  'space.remove-picture': removeSpacePicture,
  'space.set-welcome': setWelcome,
  'space.dismiss-welcome': dismissWelcome,
  'space.members': listSpaceMembers,
  'space.set-role': setRole,
  'space.remove-member': removeSpaceMember,
  'invite.create': createInvite,
  'invite.list': listInvites,
  'invite.revoke': revokeInvite,
  'invite.look-up': lookUpInvite,
  'invite.accept': acceptInvite,

  'emoji.list': listEmoji,
  'emoji.add': addEmoji,
  'emoji.rename': renameEmoji,
  'emoji.remove': removeEmoji,
  'emoji.picture': showEmojiPicture,
  'people-group.list': listPeopleGroups,
  'people-group.create': createPeopleGroup,
  'people-group.rename': renamePeopleGroup,
  'people-group.set-people': setPeopleOfGroup,
  'people-group.delete': deletePeopleGroup,

  'room.create': createRoom,
  'room.browse': browseRooms,
  'room.show': showRoom,
  'room.join': joinRoom,
  'room.leave': leaveRoom,
  'room.invite': inviteToRoom,
  'room.remove-member': removeRoomMember,
  'room.members': listRoomMembers,
  'room.rename': renameRoom,
  'room.set-topic': setTopic,
  'room.set-description': setDescription,
  'room.set-picture': setRoomPicture,
  'room.remove-picture': removeRoomPicture,
  'picture.show': showPicture,
  'room.archive': archiveRoom,
  'room.unarchive': unarchiveRoom,
  'room.mark-read': markRead,
  'room.set-rules': setRoomRules,

  'direct.open': openDirect,
  'direct.close': closeDirect,
  'group.add': addToGroup,

  'block.add': addBlock,
  'block.remove': removeBlock,
  'block.list': listBlocks,

  'room.mark-unread': markUnread,
  'room.set-notifications': setNotifications,

  'message.post': postMessage,
  'message.edit': editMessage,
  'message.delete': deleteMessage,
  'message.show': showMessage,
  'message.history': showHistory,
  'message.list': listMessages,

  'message.remove-file': removeFile,
  'file.begin': beginFile,
  'file.complete': completeFile,
  'file.discard': discardFile,
  'file.describe': describeFile,
  'file.show': showFile,
  'file.list': listFiles,
  'file.entries': listEntries,
  'file.address': addressFile,
  'file.locate': locateFile,

  'mention.list': listMentions,
  'search.messages': searchMessages,
  'message.pin': pinMessage,
  'message.unpin': unpinMessage,
  'message.pins': listPins,
  'message.remove-previews': removePreviews,

  'poll.create': createPoll,
  'poll.vote': vote,
  'poll.retract': retractVote,
  'poll.close': closePoll,
  'poll.own': ownVotes,
  'poll.voters': listVoters,

  'reaction.add': addReaction,
  'reaction.remove': removeReaction,
  'reaction.list': listReactors,

  'thread.show': showThread,
  'thread.follow': followThread,
  'thread.unfollow': unfollowThread,
  'thread.mark-read': markThreadRead,
  'thread.list': listThreads,

  'push.list': listSubscriptions,
  'push.subscribe': addSubscription,
  'push.unsubscribe': removeSubscription,
  'push.test': testSubscription,
  'account.show-email': showEmail,
  'account.set-email': setEmail,
  'account.remove-email': removeEmail,
  'account.confirm-email': confirmEmail,
  'account.test-email': testEmail,
  'email.verify': verifyEmail,
  'email.unsubscribe': unsubscribe,

  'scheduled.create': createScheduled,
  'scheduled.list': listScheduled,
  'scheduled.update': updateScheduled,
  'scheduled.cancel': cancelScheduled,
  'scheduled.send-now': sendScheduledNow,

  'draft.save': saveDraft,
  'draft.list': listDrafts,

  'reminder.set': setReminder,
  'reminder.remove': removeReminder,
  'reminder.list': listReminders,

  'bookmark.add': addBookmark,
  'bookmark.remove': removeBookmark,
  'bookmark.list': listBookmarks,
  'account.export': exportAccount,
  'room.export': exportRoom,
  'export.list': listExports,
  'export.remove': removeExport,
  'export.part': showExportPart,

  'section.create': createSection,
  'section.rename': renameSection,
  'section.fold': foldSection,
  'section.move': moveSection,
  'section.delete': deleteSection,
  'section.place': placeRoom,
  'receipt.mark-delivered': markDelivered,
  'receipt.list': listReceipts,
  'room.set-receipts': setReceiptsOfRoom,

  'presence.set': setPresence,
  'presence.watch': watchPresence,
  'presence.show': showPresence,
  'typing.set': setTyping,
  'broadcast.send': sendBroadcast,

  'peer.announce': announcePeer,
  'peer.signal': signalPeer,
  'peer.claim': claimPeer,
  'peer.renew': renewPeer,
  'peer.release': releasePeer,
  'peer.reach': reachPeer,

  'moderation.mute': mutePerson,
  'moderation.unmute': unmutePerson,
  'moderation.ban': banPerson,
  'moderation.unban': unbanPerson,
  'moderation.warn': warnPerson,
  'moderation.sanctions': listSanctions,
  'moderation.report': reportMessage,
  'moderation.queue': showQueue,
  'moderation.take': takeCase,
  'moderation.decide': decideCase,
  'moderation.filter': showFilter,
  'moderation.set-filter': setFilter,
  'moderation.audit': listAudit,
  'moderation.set-audit-term': setAuditTerm,
  'moderation.acknowledge': acknowledgeNote,

  'webhook.create': createWebhook,
  'webhook.list': listWebhooks,
  'webhook.revoke': revokeWebhook,

  'cursor.save': saveCursor,
  'cursor.show': showCursor,
  'cursor.list': listCursors,
  'cursor.delete': deleteCursor,
} as const satisfies { readonly [Name in OperationName]: Operation<Name> };

export function operationNamed(name: string): Operation<OperationName> | undefined {
  return Object.hasOwn(operations, name) ? (operations[name as OperationName] as Operation<OperationName>) : undefined;
}
