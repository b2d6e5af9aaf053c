import { useConfab } from '@confab/client/react';
import type { PostContext, RoomId } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { CommandMistake } from './commands.ts';
import { readCommand } from './read-command.ts';

interface Written {
  text: string;
  say: (text: string, context?: PostContext) => void;
  /** What was typed did not work and is wanted back. */
  onFailure: (text: string) => void;
}

/** Runs what was written if it is a command; says whether it was. */
export function useCommand(room: RoomId): (written: Written) => boolean {
  const confab = useConfab();
  const toasts = useToasts();
  const { go } = useNavigation();
  return ({ text, say, onFailure }) => {
    const fail = (error: unknown) => {
      if (error instanceof CommandMistake) toasts.say(error.message);
      else toasts.failed(error);
      onFailure(text);
    };
    try {
      const found = readCommand(text);
      const state = confab.rooms.room(room).get();
      if (found === null || state === undefined) return false;
      if (found.command.fits?.(state) === false) throw new CommandMistake(`/${found.command.name} does nothing here.`);
      Promise.resolve(found.command.run({ confab, room: state, say, go }, found.rest)).catch(fail);
    } catch (error) {
      fail(error);
    }
    return true;
  };
}
