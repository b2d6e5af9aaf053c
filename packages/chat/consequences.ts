import { refuseBlockedEdit, refuseBlockedPost } from './blocks/index.ts';
import { dropFiles } from './files/index.ts';
import { forgetEmailOf, planAnew } from './mail/index.ts';
import { changeMentions, dropMentions, keepMentions } from './mentions/index.ts';
import {
  keepRecord,
  recordJoined,
  recordSignIn,
  refuseBanned,
  reportWords,
  tellConcerned,
  tellNewModerator,
} from './moderation/index.ts';
import { hearEverything, ringPosted, ringReminder } from './notifications/index.ts';
import { leavePeopleGroups } from './people-groups/index.ts';
import { dropPin } from './pins/index.ts';
import { dropPoll } from './polls/index.ts';
import { dropPreviews, previewEdited, previewPosted } from './previews/index.ts';
import { dropReactions } from './reactions/index.ts';
import { tellRead } from './receipts/index.ts';
import { closeRoomsToGuest, createGeneralRoom, joinFirstRoom, leaveAllRooms } from './rooms/index.ts';
import { tellScheduled } from './scheduled/index.ts';
import { indexEdited, indexPosted, unindexDeleted } from './search/index.ts';
import { createFirstSpace, tellSpacesOfPerson, welcome } from './spaces/index.ts';
import { showDoNotDisturb } from './status/index.ts';
import { followPosted, forgetThreads } from './threads/index.ts';
import type { Consequences } from './transaction.ts';

/** What hangs on what, inside the same transaction and in this order. There are no other callbacks. */
export const consequences: Consequences = {
  'instance-set-up': [createFirstSpace],
  'signed-up': [welcome],
  'account-disabled': [forgetEmailOf],
  'person-changed': [tellSpacesOfPerson],
  'settings-changed': [showDoNotDisturb, hearEverything, planAnew],
  'room-read': [tellRead],
  'space-created': [createGeneralRoom],
  'space-joined': [refuseBanned, joinFirstRoom, tellNewModerator, recordJoined],
  'space-left': [leaveAllRooms, leavePeopleGroups],
  'reminder-due': [ringReminder],
  'role-set': [closeRoomsToGuest, tellNewModerator],
  'signed-in': [recordSignIn],
  audited: [keepRecord, tellConcerned],
  'words-found': [reportWords],
  'room-left': [forgetThreads],
  // The hot path: what is not for a message has to find that out without a query.
  'message-posted': [refuseBlockedPost, keepMentions, followPosted, previewPosted, indexPosted, ringPosted],
  'message-edited': [refuseBlockedEdit, changeMentions, previewEdited, indexEdited],
  'file-removed': [indexEdited],
  'scheduled-file-changed': [tellScheduled],
  'message-deleted': [dropMentions, dropReactions, dropPin, dropPoll, dropPreviews, dropFiles, unindexDeleted],
};
