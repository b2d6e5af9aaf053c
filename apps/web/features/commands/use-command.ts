import { useConfab } from '@confab/client/react';
import type { MessageId, PostContext, RoomId } from '@confab/protocol';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { failureSentence } from '../../app/failure-sentence.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { commandForm } from './command-form.ts';

interface Written {
  text: string;
  say: (text: string, context?: PostContext) => void;
  /** The files that are attached, as this device calls them. */
  uploads: () => readonly string[];
  /** What was tried did not work, and is wanted back. */
  onFailure: (text: string) => void;
}

interface Commands {
  /** Runs what was written if it has a command's form; says whether it has. The commands are loaded with the first. */
  run(written: Written): boolean;
  /** Why the last one did nothing, as a sentence. */
  mistake: string | null;
  /** The mistake was seen to. */
  forget(): void;
}

export function useCommand(room: RoomId, thread: MessageId | null): Commands {
  const confab = useConfab();
  const toasts = useToasts();
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const [mistake, setMistake] = useState<string | null>(null);
  const run = ({ text, say, uploads, onFailure }: Written) => {
    const form = commandForm(text);
    const state = confab.rooms.room(room).get();
    if (form === null || state === undefined) return false;
    setMistake(null);
    const attempt = async () => {
      const { runCommand } = await import('./run-command.ts');
      const context = { confab, room: state, thread, say, uploads, go, open: dialogs.open, done: toasts.done };
      await runCommand(form.name, form.rest, context);
    };
    attempt().catch((error: unknown) => {
      setMistake(error instanceof Error && error.name === 'CommandMistake' ? error.message : failureSentence(error));
      onFailure(text);
    });
    return true;
  };
  return { run, mistake, forget: () => setMistake(null) };
}
