/** A client that follows a room and posts to it however often the server goes away, and records what it does. */
export interface SurvivingClient {
  /** Its name in the history. */
  readonly name: string;
  /** The seq of the last event that it has seen. */
  readonly last: number;
  /** Sends that are not acknowledged yet. */
  readonly waiting: number;
  /** How often it connected. */
  readonly connections: number;
  /** Resolves when it listens for the first time. */
  start(): Promise<void>;
  post(text: string): void;
  stop(): void;
}
