/** What the composer asks of its files. */
export interface ComposerUploadsHandle {
  /** Lets one choose files; `camera`: take a picture with the device instead. */
  pick(camera?: boolean): void;
  /** Begins to record a voice message, or ends it. */
  record(): void;
  /** What goes with the message that is being sent: it is no longer attached then. */
  take(): readonly string[];
}

/** What there is besides the text. */
export interface ComposerUploadsState {
  /** Files that can go with the message. */
  readonly count: number;
  /** All of these are on the server. */
  readonly arrived: boolean;
  readonly recording: boolean;
}
