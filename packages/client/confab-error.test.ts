import { type ErrorDetails, toWireError } from '@confab/protocol';
import { expect, test } from 'vitest';
import { refusal } from './confab-error.ts';

const refused: [code: Parameters<typeof refusal>[0], details: ErrorDetails][] = [
  ['unauthenticated', {}],
  ['not-found', {}],
  ['limit-reached', { limit: 3, what: 'messages waiting' }],
  ['frame-too-large', { limit: 3 }],
  ['too-many-in-flight', { limit: 3 }],
];

test.each(refused)('what this device refuses as %s says what the server would say', (code, details) => {
  expect(refusal(code, details).wire).toEqual(toWireError(code, details));
});
