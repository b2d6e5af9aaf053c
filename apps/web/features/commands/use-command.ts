import { useConfab } from '@confab/client/react';
import type { PostContext, RoomId } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { CommandMistake } from './commands.ts';
import { readCommand } from './read-command.ts';

interface Written {
  text: string;
  say: (text: string, context?: PostContext) => void;
  /** What was tried did not work after all, and is wanted back. */
  onFailure: (text: string) => void;
}

/** `text`: it is no command. `wrong`: it cannot be done as it was written, and whoever wrote it has been told. */
type Outcome = 'text' | 'wrong' | 'under-way';

/** Runs what was written if it is a command. */
export function useCommand(room: RoomId): (written: Written) => Outcome {
  const confab = useConfab();
  const toasts = useToasts();
  const { go } = useNavigation();
  return ({ text, say, onFailure }) => {
    const fail = (error: unknown) => {
      if (error instanceof CommandMistake) toasts.say(error.message);
      else toasts.failed(error);
    };
    try {
      const found = readCommand(text);
      const state = confab.rooms.room(room).get();
      if (found === null || state === undefined) return 'text';
      if (found.command.fits?.(state) === false) throw new CommandMistake(`/${found.command.name} does nothing here.`);
      Promise.resolve(found.command.run({ confab, room: state, say, go }, found.rest)).catch((error: unknown) => {
        fail(error);
        onFailure(text);
      });
      return 'under-way';
    } catch (error) {
      fail(error);
      return 'wrong';
    }
  };
}
