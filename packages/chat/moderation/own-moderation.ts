import type { OwnModeration, UserId } from '@confab/protocol';
import type { Step } from '@confab/storage';
import { mutesOf } from './mute-store.ts';
import { notesOf } from './note-store.ts';
import { reportsFor } from './tell-reports.ts';

/** What of moderation concerns one person, for their first screen. */
export function* ownModeration(user: UserId, now: number): Step<OwnModeration> {
  return { mutes: yield* mutesOf(user, now), notes: yield* notesOf(user), reports: yield* reportsFor(user) };
}
