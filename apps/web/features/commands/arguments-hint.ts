import { t } from '../../language/sentences.ts';
import type { Command } from './command.ts';

/** What follows a command, as one reads it: what may be left out stands in square brackets. */
export function argumentsHint(command: Command): string {
  return command.arguments.map(({ hint, optional }) => (optional ? `[${t(hint)}]` : `‹${t(hint)}›`)).join(' ');
}
