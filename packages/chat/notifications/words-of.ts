import type { Step } from '@confab/storage';
import { namedFilesOf } from '../files/index.ts';
import type { Rung } from './audience.ts';

/** What is said of a message outside the page: its text; of one without, what its files are called. */
export function* wordsOf({ id, text }: Pick<Rung, 'id' | 'text'>): Step<string> {
  if (text !== '') return text;
  const names = ((yield* namedFilesOf([id])).get(id) ?? []).map(({ name }) => name);
  return names.length === 0 ? '' : `📎 ${names.join(', ')}`;
}
