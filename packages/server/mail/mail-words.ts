import { escapeHtml } from '../language/escape-html.ts';

/** Words that others chose, made fit for where they go. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const breaking = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** In one line: nothing in it begins another header, or another line. */
export const oneLine = (text: string): string => text.replace(breaking, ' ').trim();

/** Lines stay lines. */
export const htmlLines = (text: string): string => escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>');
