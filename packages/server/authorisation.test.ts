import { readFileSync } from 'node:fs';
import {
  type AccountState,
  type Answer,
  type AuthorisationRow,
  AuthorisationWorld,
  accountStates,
  answersIn,
  askers,
  authorisationTable,
  partsOf,
  type TestPerson,
} from '@confab/chat/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskingDoor } from './testing/asking-door.ts';
import { askingDoors, doorsWithoutCommands } from './testing/asking-doors/index.ts';
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

/** Doors of our own protocol are held against the whole table. */
const ownDoors: ReadonlySet<string> = new Set(['HTTP', 'WebSocket']);

/**
 * All of them call the same operations, so a gateway is asked one row of so many in the usual run of the tests, each
 * another one. An ended session is refused before anything is looked at. CONFAB_TEST_EVERY_STEP=1 asks them all.
 */
const oneOf = { active: 6, disabled: 12, revoked: 12 } as const satisfies Record<AccountState, number>;
const everyRow = process.env.CONFAB_TEST_EVERY_STEP === '1';

function rowsFor(door: AskingDoor, state: AccountState): AuthorisationRow[] {
  const every = everyRow || (state === 'active' && ownDoors.has(door.name)) ? 1 : oneOf[state];
  const first = askingDoors.indexOf(door);
  const rows = authorisationTable.filter((_, index) => (index + first) % every === 0);
  return rows.filter(({ operation }) => door.notTaken[operation] === undefined);
}

describe('[C4] who may do what, whichever door they come through', () => {
  describe.each(Object.keys(accountStates) as AccountState[])('with an account that is %s', (state) => {
    // One for each part of a door's rows: a space holds only so many rooms.
    beforeEach(async () => {
      served = await ServedWorld.open();
      world = await AuthorisationWorld.openOn(served);
    });
    afterEach(() => served.close());

    const asked = askingDoors.flatMap((door) =>
      partsOf(rowsFor(door, state)).map((rows, part) => [door.name, part + 1, door, rows] as const),
    );
    it.each(asked)('over %s, part %s', async (_, _part, door, rows) => {
      for (const row of rows) {
        const cells = `${row.operation}, ${row.situation}, asked by ${askers.join(', ')}`;
        expect(await answersTo(door, row, state), cells).toEqual(answersIn(row, state, door));
      }
    });
  });

  it.each([
    ['HTTP', ['presence.set', 'presence.watch']],
    ['WebSocket', []],
    ['connections over HTTP', []],
    ['Socket.IO', []],
    ['SignalR', []],
    ['GraphQL over HTTP', ['presence.set', 'presence.watch']],
    ['GraphQL over WebSocket', []],
    ['MQTT', ['presence.watch']],
  ])('is asked for every operation over %s, but for those that it does not take', (name, notTaken) => {
    const door = askingDoors.find((each) => each.name === name);
    expect(Object.keys(door?.notTaken ?? {})).toEqual(notTaken);
  });

  it('is asked over every door that the server has', () => {
    const source = readFileSync(new URL('./doors.ts', import.meta.url), 'utf8');
    const doors = [...source.matchAll(/'@confab\/transports\/(?:gateways\/)?([a-z]+)'/g)].map(([, name]) => name);
    const asked = new Set([...askingDoors.map(({ door }) => door), ...Object.keys(doorsWithoutCommands)]);
    expect(doors).toContain('websocket');
    expect(doors.filter((name) => name !== 'door' && !asked.has(name ?? ''))).toEqual([]);
  });
});
