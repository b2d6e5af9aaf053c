import type { CommandFrame, ServerFrame } from '../envelope.ts';

/** The client's half of the JSON codec: a page brings no more along than it needs. */

export function encodeCommand(frame: CommandFrame): string {
  return JSON.stringify(frame);
}

/** Decodes what a server sent. Clients trust the shape: the server's encoders are the only source. */
export function decodeServerFrames(text: string): ServerFrame[] {
  return text.includes('\n')
    ? text.split('\n').map((line) => JSON.parse(line) as ServerFrame)
    : [JSON.parse(text) as ServerFrame];
}
