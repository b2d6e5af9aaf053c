import { useConfab } from '@confab/client/react';
import type { PostContext, RoomId } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { commandForm } from './command-form.ts';

interface Written {
  text: string;
  say: (text: string, context?: PostContext) => void;
  /** What was tried did not work, and is wanted back. */
  onFailure: (text: string) => void;
}

/** Runs what was written if it has a command's form; says whether it has. The commands are loaded with the first. */
export function useCommand(room: RoomId): (written: Written) => boolean {
  const confab = useConfab();
  const toasts = useToasts();
  const { go } = useNavigation();
  return ({ text, say, onFailure }) => {
    const form = commandForm(text);
    const state = confab.rooms.room(room).get();
    if (form === null || state === undefined) return false;
    const run = async () => {
      const { runCommand } = await import('./run-command.ts');
      await runCommand(form.name, form.rest, { confab, room: state, say, go });
    };
    run().catch((error: unknown) => {
      if (error instanceof Error && error.name === 'CommandMistake') toasts.say(error.message);
      else toasts.failed(error);
      onFailure(text);
    });
    return true;
  };
}
