import { describe, expect, test } from 'vitest';
import { closeCodes } from './close-codes.ts';
import { type ErrorCode, errorRow, errorSentences, errors, Refusal, toWireError } from './errors.ts';

const codes = Object.keys(errors) as ErrorCode[];

describe('[X1] the list of errors', () => {
  test.each(codes)('%s has an HTTP error status and a sentence for a person', (code) => {
    const { status } = errorRow(code);
    const sentence = errorSentences[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toContain('!');
  });

  test.each(codes)('%s may be tried again exactly if its status says that it may pass', (code) => {
    const { status, retry } = errorRow(code);
    expect(retry).toBe(status === 429 || status >= 500 ? 'later' : 'never');
  });

  test.each(codes.filter((code) => errorRow(code).closes))(
    '[X2] %s ends the connection with a known reason',
    (code) => {
      expect(closeCodes).toHaveProperty(String(errorRow(code).closes));
    },
  );
});

describe('the wire form of an error', () => {
  test('fills the sentence from the details', () => {
    expect(toWireError('text-too-long', { limit: 5, length: 7 })).toEqual({
      code: 'text-too-long',
      message: 'A message may have at most 5 characters; this one has 7.',
      retry: 'never',
      details: { limit: 5, length: 7 },
    });
  });

  test('says a question mark where a detail is missing', () => {
    expect(toWireError('handle-taken').message).toContain('“?”');
  });

  test('tells when to try again beside the details', () => {
    const error = toWireError('too-many-requests', { retryAfterMs: 250 });
    expect(error).toMatchObject({ retry: 'later', retryAfterMs: 250 });
    expect(error).not.toHaveProperty('details');
  });

  test('[X3] has no other properties than the declared ones', () => {
    const error = new Refusal('too-many-in-flight', { limit: 3, retryAfterMs: 10 }).toWire();
    expect(Object.keys(error).sort()).toEqual(['code', 'details', 'message', 'retry', 'retryAfterMs']);
  });
});
