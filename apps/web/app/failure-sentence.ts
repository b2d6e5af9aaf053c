import type { ErrorCode } from '@confab/protocol';

/** What a rejected action tells the person. The SDK's errors already are sentences; anything else is a bug of the page. */
export function failureSentence(error: unknown): string {
  if (error instanceof Error && error.name === 'ConfabError') return error.message;
  return 'Something went wrong on this page. Reload it and try again.';
}

export function failureCode(error: unknown): ErrorCode | null {
  if (!(error instanceof Error) || error.name !== 'ConfabError' || !('code' in error)) return null;
  return error.code as ErrorCode | null;
}
