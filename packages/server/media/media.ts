import type { FileInsight, MadePreview, SettledFile } from '@confab/chat';

/** What a file is, told from its bytes. */
export interface Inspected extends Pick<SettledFile, 'size' | 'kind' | 'type' | 'details' | 'hasMore'> {
  /** SHA-256 of what is to be kept, as base64url. */
  readonly hash: string;
  /** SHA-256 of what was given, as base64url: another one where something was taken out. */
  readonly given: string;
  /** Where what is to be kept lies: what was given, or a copy of it that whoever asked removes. */
  readonly path: string;
}

/** A smaller picture of a file, in memory. */
export interface PreviewBytes extends Pick<MadePreview, 'width' | 'type'> {
  readonly bytes: Uint8Array;
}

/** What was found by looking into a file. */
export interface LookedInto extends Pick<FileInsight, 'details' | 'entries'> {
  readonly previews: readonly PreviewBytes[];
}

/** What a file was told to be. */
export interface Subject extends Pick<SettledFile, 'kind' | 'type'> {
  readonly name: string;
}

/** Looks into files that strangers send: in a process of its own, with bounds of time, memory and pixels. */
export interface Media {
  /** Tells what a file is, and takes out of a picture where and with what it was taken. */
  inspect(path: string, name: string): Promise<Inspected>;
  /** Makes the previews of a file; `null` where it cannot be read. */
  lookInto(path: string, file: Subject): Promise<LookedInto | null>;
  close(): Promise<void>;
}
