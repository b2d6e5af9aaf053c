import { DatabaseUnavailable } from '@confab/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from './testing/index.ts';

const minute = 60_000;
const lifetime = 30 * 86_400_000;
let test: TestChat;
let owner: TestPerson;
/** What the disk does with a write. */
let disk: 'stores' | 'is-full' | 'hangs' = 'stores';
beforeEach(async () => {
  disk = 'stores';
  test = await createTestChat({
    wrap: (database) => ({
      read: (script, input) => database.read(script, input),
      write(script, input) {
        if (disk === 'hangs') return new Promise(() => undefined);
        if (disk === 'is-full') return Promise.reject(new DatabaseUnavailable('no space left'));
        return database.write(script, input);
      },
      close: () => database.close(),
    }),
  });
  ({ owner } = await test.found());
  // Makes the world's own steps of time no part of the figures.
  test.nowMs = owner.actor.expiresAt - lifetime;
});
afterEach(() => test.close());

const endToldTo = async (person: TestPerson) => {
  const answer = await test.chat.authenticate(person.token);
  return 'actor' in answer ? answer.actor.expiresAt : answer.error.code;
};

describe('a session that is asked for again', () => {
  it('[H8] shortly before its end is told its new one, so that a connection may go on', async () => {
    test.nowMs += lifetime - minute;
    expect(await endToldTo(owner)).toBe(test.nowMs + lifetime);
    test.nowMs += 2 * minute;
    expect(await test.refusal(owner, 'account.home', {})).toBe(undefined);
  });

  it('[H8] is told its old end when the new one could not be stored', async () => {
    test.nowMs += lifetime - minute;
    disk = 'is-full';
    expect(await endToldTo(owner)).toBe(owner.actor.expiresAt);
    expect(test.reports).toMatchObject([{ level: 'warn' }]);
    test.nowMs += minute;
    expect(await endToldTo(owner)).toBe('session-expired');
  });

  it('long before its end is told what is stored, and does not wait for a disk', async () => {
    test.nowMs += lifetime / 2;
    disk = 'hangs';
    expect(await endToldTo(owner)).toBe(owner.actor.expiresAt);
  });
});
