import { Refusal, toWireError, type WireError } from '@confab/protocol';
import type { Report } from './ports.ts';

/** What the asker is told of something thrown. What is not a refusal is a bug: logged here, told as `internal` ([X2]). */
export function toWire(error: unknown, report: Report, command: string): WireError {
  if (error instanceof Refusal) return error.toWire();
  const stack = error instanceof Error ? error.stack : String(error);
  report('error', 'a command failed in the engine', { command, stack });
  return toWireError('internal');
}
