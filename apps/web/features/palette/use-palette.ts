import { useConfab, useStore } from '@confab/client/react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { failureSentence } from '../../app/failure-sentence.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute, type Route, searchRoute } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { commandForm } from '../commands/command-form.ts';
import { COMMANDS } from '../commands/command-table.ts';
import { runCommand } from '../commands/run-command.ts';
import { useOpenDirect } from '../directs/use-open-direct.ts';
import { type Asked, askComposer } from '../uploads/ask-composer.ts';
import { findEntries, type PaletteEntry, readTyped } from './palette-entry.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

interface Group {
  /** Absent where what was found stands in one list. */
  readonly title?: string;
  readonly entries: readonly PaletteEntry[];
}

/** What the palette shows for what is typed, and what its keys do. */
export function usePalette(onClose: () => void) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [mistake, setMistake] = useState<string | null>(null);
  const { route, go } = useNavigation();
  const rooms = useStore(useConfab().rooms.list);
  const here = route.page === 'room' ? rooms.find(({ info }) => info.id === route.room) : undefined;
  const { groups: first, all } = usePaletteEntries(here);
  const command = commandBeing(typed);
  const actions = useActions(onClose);
  const groups = useMemo((): readonly Group[] => {
    if (typed.trim() === '') return first;
    if (command !== undefined) return [{ entries: [runEntry(typed, t(command.title))] }];
    const search = searchEntry(readTyped(typed).text, route);
    return [{ entries: [...findEntries(all, typed), ...(search === null ? [] : [search])] }];
  }, [typed, command, first, all, route]);
  const entries = groups.flatMap((group) => group.entries);

  const open = (entry: PaletteEntry | undefined, aside = false) => {
    if (entry === undefined) return;
    if (aside && entry.to !== undefined) return void window.open(formatRoute(entry.to), '_blank', 'noopener');
    if (entry.fill !== undefined) return type(entry.fill);
    if (entry.to !== undefined) {
      onClose();
      return go(entry.to);
    }
    Promise.resolve(entry.run?.(actions)).catch((error: unknown) => setMistake(sentenceOf(error)));
  };
  const type = (text: string) => {
    setTyped(text);
    setChosen(0);
    setMistake(null);
  };
  const press = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing) return false;
    if (event.key === 'Enter') open(entries[chosen], event.ctrlKey || event.metaKey);
    const by = steps[event.key];
    if (by === undefined || entries.length === 0) return false;
    event.preventDefault();
    setChosen((chosen + by + entries.length) % entries.length);
    return true;
  };
  return { typed, type, groups, entries, chosen, choose: setChosen, open, press, mistake, command };
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The command that is being written, once its name is whole. */
function commandBeing(typed: string) {
  if (!typed.startsWith('/') || !typed.includes(' ')) return undefined;
  const form = commandForm(typed);
  return COMMANDS.find(({ name }) => name === form?.name);
}

function runEntry(typed: string, title: string): PaletteEntry {
  const run: PaletteEntry['run'] = ({ command }) => command(typed.trim());
  return { key: 'run', kind: 'command', title, detail: typed.trim(), needles: [], weight: 0, run };
}

function searchEntry(text: string, route: Route): PaletteEntry | null {
  if (text === '') return null;
  const from = searchRoute(route);
  const inPanel = from.page === 'room' && typeof from.panel === 'object' && from.panel !== null;
  const to: Route =
    inPanel && from.page === 'room'
      ? { ...from, panel: { search: text, best: false, here: false } }
      : { page: 'search', search: text, best: false };
  return {
    key: 'search',
    kind: 'search',
    title: t('Search messages for “{words}”', { words: text }),
    needles: [],
    weight: 0,
    to,
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.name === 'CommandMistake' ? error.message : failureSentence(error);
}

function useActions(onClose: () => void) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const openDirect = useOpenDirect();
  const { route, go } = useNavigation();
  return {
    open: dialogs.open,
    openDirect: async (users: Parameters<typeof openDirect>[0]) => {
      await openDirect(users);
      onClose();
    },
    ask: (asked: Asked) => {
      onClose();
      askComposer(asked);
    },
    command: async (text: string) => {
      const form = commandForm(text);
      if (form === null) return;
      const room = route.page === 'room' ? confab.rooms.room(route.room).get() : undefined;
      // A command may open a dialog of its own, which takes the palette's place.
      let replaced = false;
      await runCommand(form.name, form.rest, {
        confab,
        room,
        thread: null,
        say: (words, context) => room && confab.rooms.timeline(room.info.id).post(words, context),
        uploads: () => [],
        go,
        open: (dialog) => {
          replaced = true;
          dialogs.open(dialog);
        },
        done: toasts.done,
      });
      if (!replaced) onClose();
    },
  };
}
