import type { Inspected, LookedInto, Subject } from './media.ts';
import type { Told } from './tell/tell.ts';

/** What the process of files is asked, and what it answers; `null` where a decoder cannot read a file. */
export interface MediaTasks {
  /** Decodes nothing. `copy`: where to put what is kept when something is taken out of it. */
  tell: { ask: { path: string; name: string; copy: string }; answer: Told };
  /** How large a picture is. */
  measure: { ask: { path: string; type: string }; answer: Inspected['details'] | null };
  look: { ask: { path: string } & Subject; answer: LookedInto | null };
}

export type MediaTaskName = keyof MediaTasks;
export type AskedTask = { [Name in MediaTaskName]: { what: Name } & MediaTasks[Name]['ask'] }[MediaTaskName];

export type FromChild =
  | { readonly ready: true }
  | { readonly answer: unknown }
  /** It could not do what it should be able to do with every file. */
  | { readonly failed: string }
  /** Bytes of memory that it is in, where that cannot be seen from outside. */
  | { readonly resident: number };
