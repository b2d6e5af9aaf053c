import type { Command } from './command.ts';
import { ownCommands } from './own-commands.ts';
import { roomCommands } from './room-commands.ts';
import { writingCommands } from './writing-commands.ts';

/** Everything that begins with a `/`, in the order in which it is listed. */
export const COMMANDS: readonly Command[] = [...writingCommands, ...roomCommands, ...ownCommands];
