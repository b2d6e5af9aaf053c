/** What every export is read into before it is brought: who, where, and what happened there. */
export interface ReadExport {
  /** What it was taken from, the same for each export of it. */
  readonly source: string;
  readonly people: ReadonlyMap<string, ExportPerson>;
  readonly rooms: ReadonlyMap<string, ExportRoom>;
  /** Text as the export has it, as it is to stand here. */
  words(raw: string, names: Names): Words;
}

export interface ExportPerson {
  readonly key: string;
  /** What they are called there, which need not be a handle here. */
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly kind: 'person' | 'bot';
  /** They are gone: what they said stays, and nobody signs in as them. */
  readonly disabled: boolean;
  readonly guest: boolean;
}

export interface ExportRoom {
  readonly key: string;
  readonly kind: 'channel' | 'direct' | 'group';
  readonly visibility: 'public' | 'private';
  readonly name: string;
  readonly topic: string;
  /** Unix milliseconds; `null` where the export does not say. */
  readonly createdAt: number | null;
  readonly createdBy: string | null;
  readonly members: readonly string[];
  readonly archived: boolean;
}

/** Names a message in its room: its key, and the time that is in its id. */
export interface MessageRef {
  readonly key: string;
  readonly at: number;
  /** Orders what was said in one millisecond. */
  readonly counter: number;
}

/** What happened in a room. `by` is a person's key. */
export type ExportItem =
  | ({ readonly what: 'post'; readonly by: string; readonly text: string } & MessageRef & {
        readonly thread?: MessageRef;
        readonly alsoInRoom?: true;
        readonly style?: 'me';
      })
  | { readonly what: 'edit'; readonly at: number; readonly by: string; readonly of: MessageRef; readonly text: string }
  | {
      readonly what: 'reaction';
      readonly at: number;
      readonly by: string;
      readonly of: MessageRef;
      readonly emoji: string;
      readonly order: number;
    }
  | { readonly what: 'pin'; readonly at: number; readonly by: string; readonly of: MessageRef };

/** Why something of an export is not brought. */
export type LeftOut =
  /** A line that the other program wrote by itself: somebody came, a topic was set. */
  | 'system-line'
  | 'empty'
  /** It is not as the format describes it. */
  | 'unreadable'
  /** It stands in the export twice. */
  | 'doubled'
  /** What it points at is gone, also where it came from. */
  | 'deleted-there'
  | 'unknown-emoji'
  | 'unknown-person'
  /** A message of which it does not say who wrote it. */
  | 'unknown-author'
  | 'unknown-room'
  | 'file';

/** Hears of everything that is found, room by room. */
export interface Gathering {
  item(room: string, item: ExportItem): void;
  /** Whether a post with another text has this name. */
  hasOther(room: string, ref: MessageRef, text: string): boolean;
  leftOut(room: string, reason: LeftOut, count?: number): void;
}

/** How people and rooms are called here. */
export interface Names {
  /** By the export's key. */
  handleOf(person: string): string | undefined;
  /** By what they are called in the export. */
  personCalled(handle: string): string | undefined;
  roomName(room: string): string | undefined;
  /** By what it is called in the export. */
  roomCalled(name: string): string | undefined;
}

export interface Words {
  readonly text: string;
  /** Keys of people whom it names. */
  readonly mentions: readonly string[];
  readonly mentionsAll: 'room' | null;
}
