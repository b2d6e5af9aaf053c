import { expect, test } from 'vitest';
import { isSingle, keySteps, readPress } from './key-press.ts';
import { KeySequence } from './key-sequence.ts';
import { SHORTCUTS } from './shortcut-table.ts';

const rows = SHORTCUTS.flatMap((part) => part.rows.map((row) => ({ ...row, part: part.part })));
const global = rows.filter(({ action }) => action !== undefined);

/** What browsers do and pages cannot, or should not, take from them; in Chromium, Firefox or Safari. */
const ofBrowsers = [
  ...[...'TNWLDPSRHJUOAZXVCFG'].map((key) => `Ctrl+${key}`),
  ...[...'TNWRIJCKPBMOADQSEY'].map((key) => `Ctrl+Shift+${key}`),
  ...[...'0123456789'].map((key) => `Ctrl+${key}`),
  ...[...'DEF'].map((key) => `Alt+${key}`),
  'Ctrl+Tab',
  'Alt+←',
  'Alt+→',
  'Shift+Esc',
  'Ctrl+Shift+Delete',
];
/** Keys that screen readers, input methods and systems take for themselves. */
const ofOthers = /^(Ctrl\+Alt|Ctrl\+Shift$|Ctrl\+ |Shift\+ |Alt\+`|Insert|CapsLock|F\d+|Alt\+[A-Z]$|Alt\+Shift$)/;

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  readPress(
    {
      key,
      code: '',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      isComposing: false,
      getModifierState: () => false,
      ...more,
    },
    false,
  );

test('no two shortcuts of the shell have the same keys, and none is the beginning of another', () => {
  const keys = global.map((row) => row.keys);
  expect(new Set(keys).size).toBe(keys.length);
  const beginnings = keys.filter((each) => each.includes(' ')).map((each) => each.split(' ')[0]);
  expect(beginnings.filter((each) => keys.includes(each ?? ''))).toEqual([]);
});

test.each(global)('$keys collides with no browser, screen reader or input method', ({ keys }) => {
  expect(ofBrowsers).not.toContain(keys);
  expect(keys).not.toMatch(ofOthers);
});

test('a letter that does something on a message does nothing else', () => {
  const onMessage = rows.filter(({ part, keys }) => part === 'On a message' && isSingle(keys)).map(({ keys }) => keys);
  expect(onMessage.length).toBeGreaterThan(3);
  expect(global.filter(({ keys }) => onMessage.includes(keys))).toEqual([]);
});

test('within a place every key does one thing', () => {
  for (const { rows: inPart } of SHORTCUTS) {
    const keys = inPart.map((row) => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('presses are read as the table writes them', () => {
  expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(press('ArrowUp', { altKey: true, shiftKey: true })).toBe('Alt+Shift+↑');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('Escape')).toBe('Esc');
  expect(press('F', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+F');
});

test('a letter of another alphabet is told by its place on the keyboard', () => {
  expect(press('л', { code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K');
  expect(press('п', { code: 'KeyG' })).toBe('G');
});

test('what belongs to an input method, AltGr or the other command key is left alone', () => {
  expect(press('k', { ctrlKey: true, isComposing: true })).toBeNull();
  expect(press('Process')).toBeNull();
  expect(press('@', { ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' })).toBeNull();
  expect(press('k', { metaKey: true })).toBeNull();
});

test('two keys one after the other do something, in time', () => {
  const keys = new KeySequence();
  expect(keys.read('G', 0, true)).toBe('begun');
  expect(keys.read('T', 1_000, true)).toBe('go-threads');
  expect(keys.read('G', 2_000, true)).toBe('begun');
  expect(keys.waits(9_000)).toBe(false);
  expect(keys.read('N', 9_000, true)).toBe('new-message');
});

test('switched off, letters alone do nothing, and the rest works', () => {
  const keys = new KeySequence();
  expect(keys.read('G', 0, false)).toBeNull();
  expect(keys.read('N', 10, false)).toBeNull();
  expect(keys.read('Ctrl+K', 20, false)).toBe('palette');
  expect(keys.read('?', 30, false)).toBe('map');
});

test('the map names keys as the keyboard does', () => {
  expect(keySteps('G T')).toEqual([['G'], ['T']]);
  expect(keySteps('Alt+↑').at(0)).toHaveLength(2);
});
