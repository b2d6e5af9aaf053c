import {
  type AccountState,
  type Answer,
  type AuthorisationRow,
  AuthorisationWorld,
  accountStates,
  answersIn,
  askers,
  authorisationTable,
  type TestPerson,
} from '@confab/chat/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AskingDoor, askingDoors } from './testing/asking-door.ts';
import { ServedWorld } from './testing/served-world.ts';

// Thousands of people sign up here. How costly the real hashes are is the business of the domain's `passwords.test.ts`.
vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof import('@node-rs/argon2')>();
  const hash: typeof real.hash = (password, options) => real.hash(password, { ...options, memoryCost: 8, timeCost: 1 });
  return { ...real, hash };
});

let served: ServedWorld;
let world: AuthorisationWorld;

/** What brings an account into a state. */
const bring: Readonly<Record<AccountState, (asker: TestPerson) => Promise<unknown>>> = {
  active: async () => undefined,
  disabled: (asker) => served.chat.setAccountDisabled(asker.user, true),
  revoked: (asker) => served.do(asker, 'account.sign-out', {}),
};

function answersTo(door: AskingDoor, row: AuthorisationRow, state: AccountState): Promise<Answer[]> {
  const answers = askers.map(async (each) => {
    const asker = await world.asker(each);
    const params = await world.params(row, asker);
    if (asker) await bring[state](asker);
    return door.ask(served.server.url, asker?.token ?? null, row.operation, params);
  });
  return Promise.all(answers);
}

describe('[C4] who may do what, whichever door they come through', () => {
  describe.each(Object.keys(accountStates) as AccountState[])('with an account that is %s', (state) => {
    beforeAll(async () => {
      served = await ServedWorld.open();
      world = await AuthorisationWorld.openOn(served);
    });
    afterAll(() => served.close());

    it.each(askingDoors.map((door) => [door.name, door] as const))('over %s', async (_, door) => {
      for (const row of authorisationTable.filter(({ operation }) => door.takes(operation))) {
        const cells = `${row.operation}, ${row.situation}, asked by ${askers.join(', ')}`;
        expect(await answersTo(door, row, state), cells).toEqual(answersIn(row, state, door));
      }
    });
  });

  it.each([
    // They are about the connection that asks, which a request does not have.
    ['HTTP', ['presence.set', 'presence.watch']],
    ['WebSocket', []],
  ])('is asked for every operation over %s, but for those that it does not take', (name, notTaken) => {
    const door = askingDoors.find((each) => each.name === name);
    const left = authorisationTable.map(({ operation }) => operation).filter((operation) => !door?.takes(operation));
    expect(left).toEqual(notTaken);
  });
});
