import { readTime } from './read-time.ts';

/** A time, and what is said besides it. */
export interface TimeAndText {
  readonly at: number;
  readonly text: string;
}

/** Takes the time out of a text that begins or ends with one: “tomorrow at 9 water the plants”, and the other way round. */
export function splitTime(text: string, now: number): TimeAndText | null {
  const front = readTime(text, now);
  if (front !== null) return { at: front.at, text: text.slice(front.length).replace(/^[\s,:]+/, '') };
  for (const { index } of text.matchAll(/\s+/g)) {
    const found = readTime(text.slice(index), now);
    if (found !== null && index + found.length === text.length) return { at: found.at, text: text.slice(0, index) };
  }
  return null;
}

/** The time that a whole text tells. */
export function wholeTime(text: string, now: number): number | null {
  // A number alone is an hour of the day here, as nothing else can be meant.
  const found = readTime(/^\s*\d{1,2}\s*$/.test(text) ? `at ${text.trim()}` : text.trimEnd(), now);
  if (found === null) return null;
  return /^\s*\d{1,2}\s*$/.test(text) || found.length === text.trimEnd().length ? found.at : null;
}
