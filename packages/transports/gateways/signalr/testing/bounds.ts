import type { MessageBounds } from '../hub/encoding.ts';

/** Small enough to be reached by a line of a test. */
export const bounds: MessageBounds = { messageBytes: 200, depth: 6, invocationIdChars: 8 };

/** JSON messages as they go over the wire. */
export function records(...messages: readonly unknown[]): Buffer {
  const texts = messages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message)));
  return Buffer.from(texts.map((text) => `${text}\u001e`).join(''));
}
