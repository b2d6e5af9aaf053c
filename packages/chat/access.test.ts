import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from './operations.ts';
import {
  type AccountState,
  type Answer,
  type AuthorisationRow,
  accountStates,
  answersIn,
  askers,
  authorisationTable,
  partsOf,
} from './testing/authorisation-table.ts';
import { AuthorisationWorld } from './testing/authorisation-world.ts';
import { createTestChat, type TestChat, type TestPerson } from './testing/index.ts';

let test: TestChat;
let world: AuthorisationWorld;

/** What brings an account into a state. */
const bring: Readonly<Record<AccountState, (asker: TestPerson) => Promise<unknown>>> = {
  active: async () => undefined,
  disabled: (asker) => test.chat.setAccountDisabled(asker.user, true),
  revoked: (asker) => test.do(asker, 'account.sign-out', {}),
};

async function answersTo(row: AuthorisationRow, state: AccountState): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const each of askers) {
    const asker = await world.asker(each);
    const params = await world.params(row, asker);
    if (asker) await bring[state](asker);
    answers.push((await test.refusal(asker, row.operation, params as never)) ?? 'ok');
  }
  return answers;
}

/**
 * Statements are the same for both databases, and an ended session is refused before anything else is looked at. So
 * PostgreSQL, which takes eight times as long, is asked every eighth row about those; CONFAB_TEST_EVERY_STEP=1 asks all.
 */
function rowsFor(state: AccountState): readonly AuthorisationRow[] {
  const everyRow = process.env.CONFAB_TEST_STORE !== 'postgres' || process.env.CONFAB_TEST_EVERY_STEP === '1';
  return state === 'active' || everyRow ? authorisationTable : authorisationTable.filter((_, index) => index % 8 === 0);
}

describe('[C4] who may do what', () => {
  const parts = (Object.keys(accountStates) as AccountState[]).flatMap((state) =>
    partsOf(rowsFor(state)).map((rows, part) => [state, part + 1, rows] as const),
  );

  describe.each(parts)('with an account that is %s, part %s', (state, _part, rows) => {
    beforeAll(async () => {
      test = await createTestChat();
      world = await AuthorisationWorld.openOn(test);
    });
    afterAll(() => test.close());

    it.each(rows.map((row) => [`${row.operation}, ${row.situation}`, row] as const))('%s', async (_, row) => {
      expect(await answersTo(row, state)).toEqual(answersIn(row, state));
    });
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
