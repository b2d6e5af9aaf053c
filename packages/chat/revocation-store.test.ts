import { spaceLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChat } from './chat.ts';
import { createTestChat, type TestChat } from './testing/index.ts';

let test: TestChat;
beforeEach(async () => {
  test = await createTestChat();
});
afterEach(() => test.close());

describe('revocations for nodes that the bus does not tell', () => {
  it('are stored with what they follow from, under the ids that they are told with', async () => {
    const { owner, space } = await test.found();
    const member = await test.addPerson('member', { space, role: 'member' });
    const told = await test.effectsOf(async () => {
      await test.do(owner, 'space.remove-member', { space, user: member.user });
      await test.do(member, 'account.sign-out', {});
    });
    const stored = await test.chat.revocationsSince(0);
    expect(stored.map(({ revocation }) => revocation)).toEqual(
      expect.arrayContaining([
        { id: expect.any(String), kind: 'log', user: member.user, log: spaceLog(space) },
        { id: expect.any(String), kind: 'session', session: member.actor.session },
      ]),
    );
    const ids = (list: readonly { readonly id?: string }[]) => list.map(({ id }) => id).sort();
    expect(ids(stored.map(({ revocation }) => revocation))).toEqual(ids(told.revocations));
    expect(await test.chat.stands(member.actor)).toBe(false);
    expect(await test.chat.stands(owner.actor)).toBe(true);
  });

  it('are not stored when the operation is refused', async () => {
    const { owner, space } = await test.found();
    const stranger = await test.addPerson('stranger');
    expect(await test.refusal(stranger, 'space.remove-member', { space, user: owner.user })).toBe('not-found');
    expect(await test.chat.revocationsSince(0)).toEqual([]);
  });

  it('stand behind those that were there, whatever the clocks of the nodes say', async () => {
    const { owner, space } = await test.found();
    const late = createChat({
      database: test.database,
      publish: () => undefined,
      presence: { statesOf: () => [], online: () => [] },
      clock: { now: () => test.nowMs - 3 * 86_400_000, monotonic: () => test.nowMs },
      random: { bytes: (count) => new Uint8Array(count) },
      instance: { name: 'Test', version: '0.0.0', signUp: 'invite', fileBytes: 0 },
      report: () => undefined,
    });
    let place = 0;
    for (const [handle, chat] of [
      ['ann', test.chat],
      ['ben', late],
      ['cid', test.chat],
    ] as const) {
      const { user } = await test.addPerson(handle, { space, role: 'member' });
      expect(await chat.execute(owner.actor, 'space.remove-member', { space, user })).toEqual({ result: {} });
      const stored = await test.chat.revocationsSince(place);
      expect(stored).not.toEqual([]);
      for (const { revocation } of stored) expect(revocation).toMatchObject({ kind: 'log', user });
      place = Math.max(...stored.map(({ at }) => at));
    }
  });

  it('are kept for ten minutes, and the newest for longer: clocks may be apart', async () => {
    const { owner, space, general } = await test.found();
    const { user } = await test.addPerson('ann', { space, role: 'member' });
    const places: number[] = [];
    const revoke = async () => {
      await test.do(owner, 'room.invite', { room: general, user });
      await test.do(owner, 'room.remove-member', { room: general, user });
      const kept = await test.chat.revocationsSince(0);
      places.push(kept.at(-1)?.at ?? 0);
      return kept.map(({ at }) => at);
    };
    test.nowMs -= 3_600_000;
    await revoke();
    test.nowMs += 3_600_000;
    for (let more = 1; more < 256; more += 1) await revoke();
    expect((await test.chat.revocationsSince(0)).map(({ at }) => at)).toEqual(places);
    expect(await revoke()).toEqual(places.slice(1));
    test.nowMs += 660_000;
    expect(await revoke()).toEqual(places.slice(-256));
  });
});
