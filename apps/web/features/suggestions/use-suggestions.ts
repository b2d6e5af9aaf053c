import { useConfab, useRoom } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { firstThatFits, type Suggestion } from './suggestion.ts';
import { closedEmojiCode, readTrigger, type Trigger } from './suggestion-trigger.ts';

interface Field {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  room: RoomId;
}

export interface Suggestions {
  /** Empty when nothing is suggested. */
  items: readonly Suggestion[];
  /** -1: none yet, so that Enter sends. */
  active: number;
  listId: string;
  choose(item: Suggestion): void;
  /** To be called with each key first; says whether the key was for the suggestions. */
  takesKey(event: KeyboardEvent): boolean;
  /** To be called when the caret moved or the text changed. */
  look(): void;
  close(): void;
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** What to suggest for the word at the caret, and what choosing it does to the text. */
export function useSuggestions({ area, text, write, room }: Field): Suggestions {
  const listId = useId();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [active, setActive] = useState(0);
  /** Where the person closed the list: it stays closed for this word. */
  const closedAt = useRef<number | null>(null);
  const { items, foundFor } = useItems(trigger, room);
  const place = useCaret(area);

  const look = () => {
    const element = area.current;
    if (element === null || element.selectionStart !== element.selectionEnd) return setTrigger(null);
    const next = readTrigger(element.value, element.selectionStart);
    if (next === null) closedAt.current = null;
    const closed = next !== null && next.start === closedAt.current;
    setTrigger((last) => (closed || next === null ? null : sameTrigger(last, next) ? last : next));
    // What follows a command may often be left out: nothing is chosen before something is typed.
    if (next?.typed !== trigger?.typed || next?.mark !== trigger?.mark) {
      setActive(next?.mark === ' ' && next.typed === '' ? -1 : 0);
    }
  };
  const replace = (start: number, end: number, inserted: string) => {
    place(start + inserted.length);
    write(text.slice(0, start) + inserted + text.slice(end));
    setTrigger(null);
  };
  useClosedCode(area, text, replace);

  const choose = (item: Suggestion) => {
    if (trigger === null) return;
    replace(trigger.start, trigger.end, `${item.insert}${text[trigger.end] === ' ' ? '' : ' '}`);
    area.current?.focus();
  };
  const close = () => {
    closedAt.current = trigger?.start ?? null;
    setTrigger(null);
  };
  const takesKey = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (items.length === 0 || ctrlKey || metaKey || altKey) return false;
    if (key === 'Escape') close();
    else if (key === 'ArrowDown') setActive((active + 1) % items.length);
    else if (key === 'ArrowUp') setActive((Math.max(active, 0) + items.length - 1) % items.length);
    else {
      if ((key !== 'Enter' && key !== 'Tab') || shiftKey || trigger === null) return false;
      const marked = items[key === 'Tab' ? Math.max(active, 0) : active];
      const item = foundFor === trigger ? marked : firstThatFits(items, marked, trigger);
      // Tab does not leave the field while the answer for what stands there is on its way.
      if (item === undefined) return key === 'Tab' && foundFor !== trigger;
      if (item.insert === typedOf(trigger)) return false;
      choose(item);
    }
    return true;
  };
  return { items, active: Math.min(active, Math.max(0, items.length - 1)), listId, choose, takesKey, look, close };
}

/** Typed to the end already: Enter then sends. */
const typedOf = ({ mark, typed }: Trigger) => mark.trim() + typed;

const sameTrigger = (a: Trigger | null, b: Trigger) =>
  a?.mark === b.mark && a.typed === b.typed && a.start === b.start && a.end === b.end;

interface Found {
  foundFor: Trigger | null;
  items: readonly Suggestion[];
}

const nothing: Found = { foundFor: null, items: [] };

/** What the source has for the trigger. The last answer stays in sight while the next is on its way. */
function useItems(trigger: Trigger | null, room: RoomId): Found {
  const confab = useConfab();
  const state = useRoom(room);
  const [found, setFound] = useState(nothing);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  useEffect(() => {
    if (trigger === null) return setFound(nothing);
    let wanted = true;
    // Loaded when something is first suggested.
    const answer = async () => {
      const { sources } = await import('./sources.ts');
      return sources[trigger.mark](trigger.typed, {
        confab,
        room: latest.current,
        ...(trigger.command === undefined ? {} : { command: trigger.command }),
      });
    };
    answer().then(
      (items) => (wanted ? setFound({ foundFor: trigger, items }) : undefined),
      // Nothing to suggest is no reason to disturb whoever writes.
      () => (wanted ? setFound(nothing) : undefined),
    );
    return () => {
      wanted = false;
    };
  }, [trigger, confab]);
  const { foundFor } = found;
  return foundFor !== null && foundFor.mark === trigger?.mark && foundFor.start === trigger.start ? found : nothing;
}

/** Puts the caret somewhere once the changed text is in the field. */
function useCaret(area: RefObject<HTMLTextAreaElement | null>): (at: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    area.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (at) => {
    wanted.current = at;
  };
}

/** An emoji's code that was typed with both its colons becomes the emoji. */
function useClosedCode(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  replace: (start: number, end: number, inserted: string) => void,
): void {
  const before = useRef(text);
  const latest = useRef(replace);
  useEffect(() => {
    latest.current = replace;
    const element = area.current;
    const typedOne = text.length === before.current.length + 1;
    before.current = text;
    if (element === null || !typedOne) return;
    const caret = element.selectionStart;
    const closed = closedEmojiCode(text, caret);
    if (closed === null) return;
    const find = async () => (await import('./emoji-suggestions.ts')).emojiOfCode(closed.code);
    find().then(
      (emoji) => {
        if (emoji !== null && element.value === text) latest.current(closed.start, caret, emoji);
      },
      () => {},
    );
  });
}
