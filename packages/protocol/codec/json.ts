import type { CommandFrame } from '../envelope.ts';
import { Refusal, type WireError } from '../errors.ts';
import { decodeServerFrames, encodeCommand } from './client-json.ts';

/**
 * The JSON codec ([F1]–[F4]). A transport message holds one frame, or several with a line feed between them; JSON
 * itself never contains a raw one. A binary codec would be another object of this shape.
 */
export const jsonCodec = {
  name: 'json',

  /** Decodes what a client sent. Throws `Refusal('malformed')` when any of the frames is not a command. */
  decodeCommands(text: string): CommandFrame[] {
    const lines = text.includes('\n') ? text.split('\n').filter((line) => line !== '') : [text];
    if (lines.length === 0) throw new Refusal('malformed');
    return lines.map(decodeCommand);
  },

  encodeCommand,

  encodeResult(reply: number, result: unknown): string {
    return `{"reply":${reply},"result":${JSON.stringify(result)}}`;
  },

  encodeError(reply: number, error: WireError): string {
    return `{"reply":${reply},"error":${JSON.stringify(error)}}`;
  },

  decodeServerFrames,
} as const;

function decodeCommand(line: string): CommandFrame {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Refusal('malformed');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('malformed');
  const { id, command, params = {} } = value as Partial<CommandFrame>;
  if (!Number.isSafeInteger(id) || (id as number) < 0 || typeof command !== 'string' || command.length > 64) {
    throw new Refusal('malformed');
  }
  return { id: id as number, command, params };
}
