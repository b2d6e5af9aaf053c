import type { RoomId } from '@confab/protocol';

export type WatchState = 'connecting' | 'open' | 'waiting' | 'failed';

/** What a connection of the doors page tells of itself. */
export interface WatchListener {
  state(state: WatchState): void;
  /** One more request to the server. */
  asked(): void;
  /** So many characters came, whatever they say. */
  received(chars: number): void;
  /** A message was told. */
  message(clientId: string): void;
}

/** One way to this server, as the client that belongs to it has it. Lives for as long as the page shows. */
export interface DoorWatch {
  readonly name: string;
  /** How it hears of a message, in a few words. */
  readonly manner: string;
  /** The program that a developer would take. */
  readonly client: string;
  /** Starts hearing of a room with the page's own session; the answer ends it. */
  start(room: RoomId, listener: WatchListener): () => void;
}

interface MessageFrame {
  readonly event?: string;
  readonly data?: { readonly clientId?: string };
}

/** The client id of the message that a frame of our protocol tells of, if it tells of one. */
export function postedClientId(frame: unknown): string | undefined {
  const { event, data } = frame as MessageFrame;
  return event === 'message.posted' ? data?.clientId : undefined;
}

/** Hands on the messages among frames as they came. */
export function hear(listener: WatchListener, frames: readonly unknown[]): void {
  for (const frame of frames) {
    const clientId = postedClientId(frame);
    if (clientId !== undefined) listener.message(clientId);
  }
}

/** Does `connect` again and again until it is stopped, with a pause after each end. */
export function keepTrying(
  listener: WatchListener,
  connect: (signal: AbortSignal) => Promise<void>,
  pauseMs = 1_000,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const run = async () => {
    while (!signal.aborted) {
      listener.state('connecting');
      await connect(signal).catch(() => {});
      if (signal.aborted) return;
      listener.state('waiting');
      await pause(pauseMs, signal);
    }
  };
  void run();
  return () => stop.abort();
}

/** Resolves after `ms`, or at once when it is stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
