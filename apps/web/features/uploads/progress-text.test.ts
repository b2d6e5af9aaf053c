import type { ErrorCode, WireError } from '@confab/protocol';
import { wireErrorWith } from '@confab/protocol/error-codes.ts';
import { errorSentences } from '@confab/protocol/errors.ts';
import { expect, test } from 'vitest';
import { formatPercent, progressText, shareOf } from './progress-text.ts';

const wireError = (code: ErrorCode, details: WireError['details'] = {}) =>
  wireErrorWith(errorSentences[code], code, details);

const upload = { status: 'sending', size: 4_500_000, sent: 1_200_000, bytesPerSecond: null, error: null } as const;

test('says what has arrived, how fast it goes, and how long it takes', () => {
  expect(progressText(upload)).toBe('1.2 MB of 4.5 MB');
  expect(progressText({ ...upload, bytesPerSecond: 800_000 })).toBe('1.2 MB of 4.5 MB · 800 kB/s · 5 sec left');
  expect(progressText({ ...upload, bytesPerSecond: 20_000 })).toBe('1.2 MB of 4.5 MB · 20 kB/s · 3 min left');
  expect(progressText({ ...upload, bytesPerSecond: 500 })).toBe('1.2 MB of 4.5 MB · 500 bytes/s · 2 hr left');
});

test('what stands still promises no time', () => {
  expect(progressText({ ...upload, bytesPerSecond: 0 })).toBe('1.2 MB of 4.5 MB');
  expect(progressText({ ...upload, status: 'waiting' })).toBe('1.2 MB of 4.5 MB · waits');
  expect(progressText({ ...upload, status: 'waiting', sent: 0 })).toBe('4.5 MB · waits');
});

test('what has arrived only says how large it is', () => {
  expect(progressText({ ...upload, status: 'arrived', sent: 4_500_000 })).toBe('4.5 MB');
});

test('a file that is too large is told the limit as people say it', () => {
  const error = wireError('file-too-large', { limit: 100_000_000, size: 230_000_000 });
  expect(progressText({ ...upload, status: 'failed', error })).toBe(
    'A file may have at most 100 MB here; this one has 230 MB.',
  );
});

test('other refusals are said as the server says them, and a lost file asks for it', () => {
  const error = wireError('file-refused', { type: 'application/x-msdownload' });
  expect(progressText({ ...upload, status: 'failed', error })).toBe(error.message);
  expect(progressText({ ...upload, status: 'failed' })).toBe('It could not be sent.');
  expect(progressText({ ...upload, status: 'lost' })).toBe('Choose the file again to go on.');
  expect(progressText({ ...upload, status: 'lost', error: wireError('file-damaged') })).toBe(
    'That is another file. Choose the one that you chose first.',
  );
});

test('the whole is only said once it is there, also of an empty file', () => {
  expect(formatPercent(0.999)).toBe('99%');
  expect(shareOf({ status: 'sending', size: 0, sent: 0 })).toBe(0);
  expect(shareOf({ status: 'arrived', size: 0, sent: 0 })).toBe(1);
});
