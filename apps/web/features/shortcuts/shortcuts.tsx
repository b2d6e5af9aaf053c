import { useConfab, useStore } from '@confab/client/react';
import { useEffect, useRef } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { type Panel, type Route, roomRoute, searchRoute } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { roomBeside, roomsInOrder, unreadBeside } from '../rooms/rooms-in-order.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { askComposer, currentComposer } from '../uploads/ask-composer.ts';
import { isSingle, isTyping, readPress } from './key-press.ts';
import { KeySequence } from './key-sequence.ts';
import type { ShortcutAction } from './shortcut-table.ts';

/** Listens for the shortcuts that hold everywhere in the shell. Loaded once the shell is there. */
export default function Shortcuts(): null {
  const actions = useShortcutActions();
  const dialogs = useDialogs();
  const { singleKeys } = useStore(useConfab().settings.state);
  const sequence = useRef(new KeySequence());

  const run = (event: KeyboardEvent, press: string) => {
    const single = isSingle(press) || press === '?';
    if (single && isTyping(event.target)) return;
    const action = sequence.current.read(press, event.timeStamp, singleKeys === 'on');
    if (action === null) return;
    // A dialog has the keys to itself.
    if (dialogs.current !== null && action !== 'palette') return;
    if (action === 'begun' || actions[action]() !== false) event.preventDefault();
  };
  /** Before anything on the page hears of it. */
  const first = (event: KeyboardEvent) => {
    const press = readPress(event);
    if (press === null || !isSingle(press) || isTyping(event.target)) return;
    if (sequence.current.waits(event.timeStamp)) {
      event.stopPropagation();
      run(event, press);
    } else if (singleKeys === 'off' && event.target instanceof HTMLElement && event.target.tagName === 'ARTICLE') {
      // A message that has the focus listens for letters too.
      event.stopPropagation();
    }
  };
  const last = (event: KeyboardEvent) => {
    const press = event.defaultPrevented ? null : readPress(event);
    if (press !== null) run(event, press);
  };
  const latest = useRef({ first, last });
  useEffect(() => {
    latest.current = { first, last };
  });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('keydown', (event) => latest.current.first(event), { signal, capture: true });
    addEventListener('keydown', (event) => latest.current.last(event), { signal });
    return () => listening.abort();
  }, []);
  return null;
}

/** What each does; `false` when there is nothing to do here, and the key is the browser's. */
function useShortcutActions(): Record<ShortcutAction, () => unknown> {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { route, go } = useNavigation();
  const { space } = useCurrentSpace();
  const step = (by: 1 | -1, unread: boolean) => {
    const rooms = roomsInOrder(confab, space?.id);
    const here = route.page === 'room' ? route.room : null;
    const next = unread ? unreadBeside(rooms, here, by, Date.now()) : roomBeside(rooms, here, by);
    if (next !== undefined) go(roomRoute(next.info.id));
  };
  const room = route.page === 'room' ? route.room : undefined;
  const to = (next: Route) => () => go(next);
  const toggle = (panel: Panel) => () =>
    route.page === 'room' && go({ ...route, panel: route.panel === panel ? null : panel });
  return {
    palette: () => dialogs.open({ kind: 'palette' }),
    search: () => go(searchRoute(route)),
    'room-above': () => step(-1, false),
    'room-below': () => step(1, false),
    'unread-above': () => step(-1, true),
    'unread-below': () => step(1, true),
    write: focusComposer,
    attach: () => askComposer('attach'),
    'new-message': () => dialogs.open({ kind: 'new-message' }),
    favourite: () => {
      if (room === undefined) return false;
      const favourite = confab.sections.state.get().places.get(room)?.favourite !== true;
      toasts.attempt(
        confab.sections.place(room, { favourite }),
        favourite ? t('This room stands on top now.') : t('This room no longer stands on top.'),
      );
    },
    section: () => (room === undefined ? false : dialogs.open({ kind: 'arrange-room', room })),
    members: toggle('members'),
    pins: toggle('pins'),
    files: toggle('files'),
    'go-home': to({ page: 'home' }),
    'go-threads': to({ page: 'threads' }),
    'go-mentions': to({ page: 'mentions' }),
    'go-saved': to({ page: 'saved' }),
    'go-later': to({ page: 'scheduled' }),
    'go-browse': to({ page: 'browse' }),
    settings: to({ page: 'settings', part: null }),
    map: () => dialogs.open({ kind: 'shortcuts' }),
    close: () => route.page === 'room' && route.panel !== null && go({ ...route, panel: null }),
  };
}

function focusComposer(): boolean {
  const composer = currentComposer();
  composer?.focus();
  return composer !== undefined;
}
