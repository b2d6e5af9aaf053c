/**
 * What `limit-reached` tells that there may not be more of, as its sentence says it. A closed list, so that a screen
 * can say it in another language. The gateways' bounds, which no person meets, are not in it.
 */
export const limitedThings = [
  // of one person
  'cursors of one person',
  'peer ids of one person',
  'open reports of one person',
  'reminders',
  'saved messages',
  'scheduled messages',
  'blocked people',
  'sections',
  'rooms in sections',
  'exports at a time',
  'browsers with notifications',
  'files that wait to be posted',
  'such mails an hour',
  // of a place
  'spaces',
  'rooms in a space',
  'members of a space',
  'open invitations',
  'groups of people in a space',
  'emoji of its own in a space',
  'pinned messages in a room',
  'webhooks of a room',
  'people in a group',
  'people who follow a thread',
  'different emoji on a message',
  // of a connection
  'logs',
  'messages waiting',
] as const;
export type LimitedThing = (typeof limitedThings)[number];
