import { randomUUID } from 'node:crypto';
import type { Timers } from '@confab/engine';
import type { ClientId } from '@confab/protocol';
import type { IConnectPacket } from 'mqtt-packet';
import { Directory } from './directory.ts';
import { publishRequest } from './publish-request.ts';
import type { AskAs } from './session/session-store.ts';

/** What is to be published when a client goes without saying so. */
export interface Will {
  /** Seconds to wait for the client to come back. */
  readonly delayS: number;
  publish(ask: AskAs): Promise<void>;
}

/** The will of a CONNECT; `null`: it has none; `undefined`: it is for a topic on which nobody may leave one. */
export function willOf({ will }: IConnectPacket): Will | null | undefined {
  if (!will) return null;
  const { topic, properties, retain = false } = will;
  const request = publishRequest({ topic, payload: will.payload, retain, ...(properties ? { properties } : {}) });
  const delayS = properties?.willDelayInterval ?? 0;
  // One's own presence ends by itself with the last connection.
  if (request.kind === 'nothing' || request.kind === 'presence') return { delayS, publish: async () => {} };
  if (request.kind !== 'post') return undefined;
  const clientId = (request.clientId ?? randomUUID()) as ClientId;
  const publish = async (ask: AskAs): Promise<void> => {
    const found = await Directory.load(ask);
    const room = 'directory' in found ? await found.directory.room(request.room) : undefined;
    if (room !== undefined) await ask('message.post', { room, clientId, text: request.text });
  };
  return { delayS, publish };
}

/** Wills that wait for their time, each under its session's key. */
export class WaitingWills {
  private readonly timers: Timers;
  private readonly max: number;
  private readonly waiting = new Map<string, { cancelTimer(): void; drop(): void }>();

  constructor(timers: Timers, max: number) {
    this.timers = timers;
    this.max = max;
  }

  /** Runs `publish` after the delay, or `drop` if the client has come back by then. One of both, once. */
  hold(key: string, delayMs: number, publish: () => void, drop: () => void): void {
    if (delayMs <= 0 || this.waiting.size >= this.max) {
      publish();
      return;
    }
    this.cancel(key);
    const cancelTimer = this.timers.after(delayMs, () => {
      this.waiting.delete(key);
      publish();
    });
    this.waiting.set(key, { cancelTimer, drop });
  }

  cancel(key: string): void {
    const held = this.waiting.get(key);
    this.waiting.delete(key);
    held?.cancelTimer();
    held?.drop();
  }

  /** Forgets all: a server that closes is no client that went. */
  clear(): void {
    for (const key of [...this.waiting.keys()]) this.cancel(key);
  }
}
