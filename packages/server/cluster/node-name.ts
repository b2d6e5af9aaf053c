import { randomInt } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const chars = 8;

/** A name for this process among the nodes of its instance, made anew at each start. */
export function newNodeName(): string {
  return Array.from({ length: chars }, () => letters[randomInt(letters.length)]).join('');
}
