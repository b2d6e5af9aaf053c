import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from './operations.ts';
import { type Answer, type AuthorisationRow, askers, authorisationTable } from './testing/authorisation-table.ts';
import { AuthorisationWorld } from './testing/authorisation-world.ts';
import type { TestPerson } from './testing/index.ts';

let world: AuthorisationWorld;

/** What a state of the asker's account does to it before the question is asked, and to the answer. */
const states = {
  active: { prepare: async () => undefined, answer: (expected: Answer): Answer => expected },
  disabled: {
    prepare: (asker: TestPerson) => world.test.chat.setAccountDisabled(asker.user, true),
    answer: (): Answer => 'account-disabled',
  },
  revoked: {
    prepare: (asker: TestPerson) => world.test.do(asker, 'account.sign-out', {}),
    answer: (): Answer => 'session-revoked',
  },
} as const;

async function answersTo(row: AuthorisationRow, state: keyof typeof states): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const each of askers) {
    const asker = await world.asker(each);
    const params = await world.params(row, asker);
    if (asker) await states[state].prepare(asker);
    answers.push((await world.test.refusal(asker, row.operation, params as never)) ?? 'ok');
  }
  return answers;
}

/** An ended session is refused, except where none is needed. */
function expected(row: AuthorisationRow, state: keyof typeof states): Answer[] {
  const needsSession = row.answers[5] === 'unauthenticated';
  return row.answers.map((answer, column) => (column === 5 || !needsSession ? answer : states[state].answer(answer)));
}

describe('[C4] who may do what', () => {
  describe.each(Object.keys(states) as (keyof typeof states)[])('with an account that is %s', (state) => {
    beforeAll(async () => {
      world = await AuthorisationWorld.open();
    });
    afterAll(() => world.test.close());

    it.each(authorisationTable.map((row) => [`${row.operation}, ${row.situation}`, row] as const))(
      '%s',
      async (_, row) => {
        expect(await answersTo(row, state)).toEqual(expected(row, state));
      },
    );
  });

  it('is written down for every operation', () => {
    const written = new Set<string>(authorisationTable.map((row) => row.operation));
    expect(Object.keys(operations).filter((name) => !written.has(name))).toEqual([]);
  });

  it('is written down for rooms that one is in, may see and may not see', () => {
    const aboutRooms = ['room', 'visible-room', 'message'];
    const missing = Object.values(operations)
      .filter((operation) => aboutRooms.includes(operation.access.who))
      .flatMap(({ name }) =>
        (['in', 'public', 'private'] as const)
          .filter(
            (situation) => !authorisationTable.some((row) => row.operation === name && row.situation === situation),
          )
          .map((situation) => `${name}, ${situation}`),
      );
    expect(missing).toEqual([]);
  });
});
