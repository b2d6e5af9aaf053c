import type { ConfabError } from '@confab/client';
import type { ErrorCode } from '@confab/protocol';
import { sayRefusal } from '../language/language.ts';
import { type Sentence, t } from '../language/sentences.ts';

/** By its name: the class is loaded with the client, which a page that only signs somebody in does without. */
const isConfabError = (error: unknown): error is ConfabError => error instanceof Error && error.name === 'ConfabError';

/** What a rejected action tells the person. The SDK's errors already are sentences; anything else is a bug of the page. */
export function failureSentence(error: unknown): string {
  if (!isConfabError(error)) return t('Something went wrong on this page. Reload it and try again.');
  // What the client says by itself has nothing to fill in, and stands in the catalogues.
  return error.wire === null ? t(error.message as Sentence) : sayRefusal(error.wire);
}

export function failureCode(error: unknown): ErrorCode | null {
  return isConfabError(error) ? error.code : null;
}
