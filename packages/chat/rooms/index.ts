export { archiveRoom } from './archive-room.ts';
export { auditRoom } from './audit-room.ts';
export { browseRooms } from './browse-rooms.ts';
export { createGeneralRoom, createRoom } from './create-room.ts';
export { foundPlace } from './found-place.ts';
export { inviteToRoom } from './invite-to-room.ts';
export { joinRoom } from './join-room.ts';
export { leaveRoom } from './leave-room.ts';
export { listRoomMembers } from './list-room-members.ts';
export { markRead } from './mark-read.ts';
export { markUnread } from './mark-unread.ts';
export { addToRoom } from './membership.ts';
export { claimPlace, peopleIn, placeOf, settlePlace } from './people-key.ts';
export { removeRoomMember } from './remove-room-member.ts';
export { renameRoom } from './rename-room.ts';
export { infoOf, refuseIfArchived, refuseKind, spaceOf, tellSpaceOfRoom } from './room-info.ts';
export {
  insertRoomMember,
  isRoomMember,
  moveReadCursor,
  rewindReadCursor,
  roomMembersAfter as membersOfRoom,
} from './room-member-store.ts';
export { refuseIfMuted, refuseIfSilent, takeTurn } from './room-rules.ts';
export { insertRoom, roomAsSeenBy, roomsOf, setArchivedAt } from './room-store.ts';
export { setDescription } from './set-description.ts';
export { setNotifications } from './set-notifications.ts';
export { setRoomRules } from './set-rules.ts';
export { setTopic } from './set-topic.ts';
export { showRoom } from './show-room.ts';
export { closeRoomsToGuest, joinFirstRoom, leaveAllRooms } from './space-consequences.ts';
export { tellMembership } from './tell-membership.ts';
export { unarchiveRoom } from './unarchive-room.ts';
