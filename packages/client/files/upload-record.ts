import type { FileId, UserId } from '@confab/protocol';
import type { Upload } from '../files-api.ts';

/** An upload as this device keeps it: what screens see of it, and what is needed to go on with it. */
export interface UploadRecord extends Upload {
  /** Who chose it: nobody else ever sends or sees it. */
  readonly user: UserId;
  /** Rises with each upload of this device: which is sent first, and stands first where it is attached. */
  readonly order: number;
  /** What the server calls it, and when it was begun there (Unix ms). */
  readonly begun: { readonly file: FileId; readonly at: number } | null;
  /** The send that it goes with, once there is one. */
  readonly clientId: string | null;
  /** The description that the server has. */
  readonly told: string;
  /** A picture that has still to be sent for it. */
  readonly poster: boolean;
}

export type UploadChange = Partial<Omit<UploadRecord, 'id' | 'user'>>;

/** What an upload is sent from. */
export interface UploadData {
  readonly data: Blob;
  readonly poster: Blob | null;
}

export const inUploadOrder = (a: UploadRecord, b: UploadRecord): number => a.order - b.order || (a.id < b.id ? -1 : 1);
