import { limits } from '@confab/protocol/limits.ts';

/** What one instance lets people grow. Above a bound an operation is refused with `limit-reached`. */
export const bounds = {
  spaces: 200,
  /** Archived rooms count. `room.browse` and `account.home` answer with all of a space's rooms in one piece. */
  roomsPerSpace: 1_000,
  membersPerSpace: 200_000,
  /** Invitations that still work. */
  invitesPerSpace: 200,
  /** Webhooks of a room that still work. */
  webhooksPerRoom: limits.webhooksPerRoom,
  /** Sessions that still work; the one unused for longest ends when one more begins. */
  sessionsPerUser: 100,
  /** Kept states of clients, over all of the person's. */
  cursorsPerUser: 100,
  blocksPerUser: limits.blocksPerPerson,
  /** Claimed peer ids that have not run out. */
  peerIdsPerUser: 100,
  /** Nodes of the instance that know of each other. */
  nodes: 256,
  /** People who are online among whom an `@here` looks for those of its room. */
  onlinePeople: 20_000,
  /** Characters of what a client calls itself. */
  agentChars: 200,
} as const;
