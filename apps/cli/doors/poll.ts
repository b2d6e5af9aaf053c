import type { DoorKind } from './door-client.ts';
import { PollClient } from './long-poll.ts';

/** A loop of plain requests, as far apart as the server says. */
export const pollDoor: DoorKind = {
  name: 'Polling',
  afterAbsence: 'none',
  repeatsSafely: true,
  connect: (target) => PollClient.connect(new PollClient(target, 0)),
};
