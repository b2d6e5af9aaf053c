import type { Swarm } from '../swarm/swarm.ts';
import { stampedText } from '../swarm/swarm-messages.ts';

/** A server under measurement: its process, its door, and how one makes it tell everyone something. */
export interface Subject {
  pid: number;
  swarm: Swarm;
  publish(times: number): Promise<void>;
  close(): Promise<void>;
}

/** The text of every message that is fanned out, with the time of its sending in it. */
export const eventMessage = (): string => stampedText().padEnd(120, '.');

/** What Confab's frame of a message looks like, so that all three move the same bytes. */
export function eventText(): string {
  const id = '01900000-0000-7000-8000-000000000000';
  const data = { id, clientId: 'fan-out-1-1', text: eventMessage() };
  return JSON.stringify({
    event: 'message.posted',
    log: `room:${id}`,
    epoch: 1,
    seq: 1_000,
    at: Date.now(),
    by: id,
    data,
  });
}
