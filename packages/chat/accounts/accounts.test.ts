import { inboxLog, spaceLog } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestChatOptions } from '../testing/index.ts';

const password = 'three grey herons';
const setUpParams = { handle: 'ada', name: 'Ada', password, space: 'Team', deliver: 'token' } as const;
const signInParams = { handle: 'ada', password, deliver: 'token' } as const;
const day = 86_400_000;

let open: TestChat | undefined;
async function openChat(options?: TestChatOptions): Promise<TestChat> {
  open = await createTestChat(options);
  return open;
}
afterEach(() => open?.close());

describe('setting up', () => {
  it('makes the owner, their space and a general room with them in it', async () => {
    const test = await openChat();
    expect(await test.do(null, 'instance.show', {})).toMatchObject({ setUp: false, name: 'Test' });
    const signedIn = await test.do(null, 'account.set-up', setUpParams);
    const home = await test.do(test.personFrom(signedIn), 'account.home', {});
    expect(home.me).toEqual({ id: signedIn.me.id, handle: 'ada', name: 'Ada', disabled: false });
    expect(home.spaces).toMatchObject([{ name: 'Team', role: 'owner', memberCount: 1 }]);
    expect(home.rooms).toMatchObject([{ info: { name: 'general', visibility: 'public' }, memberCount: 1 }]);
    expect(home.instance).toEqual({
      name: 'Test',
      version: '0.0.0',
      signUp: 'invite',
      fileBytes: 1_000_000,
      setUp: true,
    });
  });

  it('works once', async () => {
    const test = await openChat();
    await test.do(null, 'account.set-up', setUpParams);
    expect(await test.refusal(null, 'account.set-up', { ...setUpParams, handle: 'eve' })).toBe('already-set-up');
  });

  it('has one owner though two set it up at once', async () => {
    const test = await openChat();
    const attempts = ['ada', 'eve'].map((handle) => test.refusal(null, 'account.set-up', { ...setUpParams, handle }));
    expect((await Promise.all(attempts)).sort()).toEqual(['already-set-up', undefined]);
  });

  it('refuses a name in which nothing can be seen', async () => {
    const test = await openChat();
    expect(await test.refusal(null, 'account.set-up', { ...setUpParams, name: '\u0001\u200b' })).toBe('invalid-params');
  });
});

describe('signing up', () => {
  const eve = { handle: 'eve', name: 'Eve', password, deliver: 'token' } as const;

  it('is closed without an invitation', async () => {
    const test = await openChat();
    await test.found();
    expect(await test.refusal(null, 'account.sign-up', eve)).toBe('sign-up-closed');
  });

  it('joins the space of the invitation and its general room', async () => {
    const test = await openChat();
    const { owner, space, general } = await test.found();
    const { token } = await test.do(owner, 'invite.create', { space, role: 'admin' });
    const person = test.personFrom(await test.do(null, 'account.sign-up', { ...eve, invite: token }));
    const home = await test.do(person, 'account.home', {});
    expect(home.spaces).toMatchObject([{ id: space, role: 'admin', memberCount: 2 }]);
    expect(home.rooms.map((room) => room.info.id)).toEqual([general]);
  });

  it('joins the first space where sign-up is open', async () => {
    const test = await openChat({ signUp: 'open' });
    const { space } = await test.found();
    const person = test.personFrom(await test.do(null, 'account.sign-up', eve));
    expect((await test.do(person, 'account.home', {})).spaces).toMatchObject([{ id: space, role: 'member' }]);
  });

  it('waits for the set-up where sign-up is open', async () => {
    const test = await openChat({ signUp: 'open' });
    expect(await test.refusal(null, 'account.sign-up', eve)).toBe('not-set-up');
  });

  it('refuses a handle that is taken, and makes nothing', async () => {
    const test = await openChat({ signUp: 'open' });
    const { owner } = await test.found();
    expect(await test.refusal(null, 'account.sign-up', { ...eve, handle: owner.handle })).toBe('handle-taken');
    expect((await test.do(owner, 'account.home', {})).people).toHaveLength(1);
  });

  it('makes no account with an invitation that does not work', async () => {
    const test = await openChat();
    const { owner, space } = await test.found();
    const { invite, token } = await test.do(owner, 'invite.create', { space });
    await test.do(owner, 'invite.revoke', { invite: invite.id });
    expect(await test.refusal(null, 'account.sign-up', { ...eve, invite: token })).toBe('invite-invalid');
    expect(await test.refusal(null, 'account.sign-in', { ...signInParams, handle: 'eve' })).toBe('wrong-credentials');
  });
});

describe('signing in', () => {
  it('starts a session that authenticates', async () => {
    const test = await openChat();
    await test.do(null, 'account.set-up', setUpParams);
    const signedIn = await test.do(null, 'account.sign-in', { ...signInParams, handle: ' ADA ' });
    expect(await test.chat.authenticate(signedIn.token ?? '')).toEqual({
      actor: { user: signedIn.me.id, session: signedIn.session, expiresAt: signedIn.expiresAt },
    });
    expect(signedIn.expiresAt).toBe(test.nowMs + 30 * day);
  });

  it('answers an unknown handle like a wrong password', async () => {
    const test = await openChat();
    await test.do(null, 'account.set-up', setUpParams);
    const answers = [
      await test.chat.execute(null, 'account.sign-in', { ...signInParams, password: 'three grey heron' }),
      await test.chat.execute(null, 'account.sign-in', { ...signInParams, handle: 'nobody' }),
    ];
    expect(answers[0]).toMatchObject({ error: { code: 'wrong-credentials' } });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('says that nothing is set up yet', async () => {
    const test = await openChat();
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe('not-set-up');
  });

  it('gives a cookie only over HTTP', async () => {
    const test = await openChat();
    await test.do(null, 'account.set-up', setUpParams);
    const params = { ...signInParams, deliver: 'cookie' };
    const connection = { id: 1, watch() {}, setAway() {} };
    expect(await test.chat.execute(null, 'account.sign-in', params)).toHaveProperty('result.token');
    const outcome = await test.chat.execute(null, 'account.sign-in', params, connection);
    expect(outcome).toMatchObject({ error: { code: 'invalid-params', details: { path: '/deliver' } } });
  });

  it('does not count a password that was changed while it was verified', async () => {
    let change: (() => Promise<unknown>) | undefined;
    const overtaken = (database: Database): Database => ({
      read: (script, input) => database.read(script, input),
      close: () => database.close(),
      async write(script, input) {
        if (script === 'account.sign-in') await change?.();
        return database.write(script, input);
      },
    });
    const test = await openChat({ wrap: overtaken });
    const owner = test.personFrom(await test.do(null, 'account.set-up', setUpParams));
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe(undefined);
    const params = { current: signInParams.password, next: 'five grey herons' };
    change = () => test.do(owner, 'account.change-password', params);
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe('wrong-credentials');
    expect((await test.do(owner, 'session.list', {})).sessions).toHaveLength(1);
  });

  it('slows guessing down per account and address, and does not count right passwords', async () => {
    const test = await openChat({ realRates: true });
    await test.do(null, 'account.set-up', setUpParams);
    for (let index = 0; index < 10; index += 1) {
      expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe(undefined);
      test.nowMs += 1_000;
    }
    const wrong = { ...signInParams, password: 'three grey heron' };
    const answers: (string | undefined)[] = [];
    for (let index = 0; index < 12; index += 1) answers.push(await test.refusal(null, 'account.sign-in', wrong));
    expect(answers.filter((code) => code === 'wrong-credentials')).toHaveLength(10);
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe('too-many-requests');
    test.nowMs += 10_000;
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe(undefined);
  });

  it('ends the session unused for longest when there are too many', async () => {
    const test = await openChat();
    const { owner } = await test.found();
    for (let index = 0; index < 99; index += 1) {
      test.nowMs += 1;
      await test.addSession(owner);
    }
    expect(await test.chat.authenticate(owner.token)).toHaveProperty('actor');
    test.nowMs += 1;
    await test.addSession(owner);
    expect(await test.chat.authenticate(owner.token)).toMatchObject({ error: { code: 'session-revoked' } });
  });
});

describe('sessions', () => {
  it('end after thirty days without use, and are put off by use', async () => {
    const test = await openChat();
    const { owner } = await test.found();
    test.nowMs += 29 * day;
    expect(await test.chat.authenticate(owner.token)).toHaveProperty('actor');
    await test.settled();
    test.nowMs += 29 * day;
    const again = await test.chat.authenticate(owner.token);
    expect(again).toHaveProperty('actor.expiresAt', test.nowMs + day);
    await test.settled();
    test.nowMs += 31 * day;
    expect(await test.chat.authenticate(owner.token)).toMatchObject({ error: { code: 'session-expired' } });
    expect(await test.refusal(owner, 'account.home', {})).toBe('session-expired');
  });

  it('[H8] are cut everywhere when signed out', async () => {
    const test = await openChat();
    const { owner } = await test.found();
    const told = await test.effectsOf(() => test.do(owner, 'account.sign-out', {}));
    expect(told.revocations).toMatchObject([{ kind: 'session', session: owner.actor.session }]);
    expect(await test.chat.authenticate(owner.token)).toMatchObject({ error: { code: 'session-revoked' } });
    expect(await test.refusal(owner, 'account.home', {})).toBe('session-revoked');
  });

  it('are listed and revoked by their owner only', async () => {
    const test = await openChat();
    const { owner, space } = await test.found();
    const member = await test.addPerson('ben', { space, role: 'member' });
    const phone = await test.addSession(owner);
    const { sessions } = await test.do(owner, 'session.list', {});
    expect(sessions.map((session) => [session.id, session.current])).toEqual([
      [phone.actor.session, false],
      [owner.actor.session, true],
    ]);
    expect(await test.refusal(member, 'session.revoke', { session: phone.actor.session })).toBe('not-found');
    const told = await test.effectsOf(() => test.do(owner, 'session.revoke', { session: phone.actor.session }));
    expect(told.revocations).toMatchObject([{ kind: 'session', session: phone.actor.session }]);
    expect(await test.refusal(phone, 'account.home', {})).toBe('session-revoked');
  });

  it('are not there for a token that nobody has', async () => {
    const test = await openChat();
    expect(await test.chat.authenticate('x'.repeat(43))).toMatchObject({ error: { code: 'unauthenticated' } });
  });
});

describe('one’s own account', () => {
  it('tells a new name to the own inbox and to every space', async () => {
    const test = await openChat();
    const { owner, space } = await test.found();
    const told = await test.effectsOf(() => test.do(owner, 'account.rename', { name: '  Ada \n Lovely ' }));
    expect(told.events.map((event) => event.log)).toEqual([inboxLog(owner.user), spaceLog(space)]);
    expect((await test.do(owner, 'account.home', {})).me.name).toBe('Ada Lovely');
    const again = await test.effectsOf(() => test.do(owner, 'account.rename', { name: 'Ada Lovely' }));
    expect(again.events).toEqual([]);
  });

  it('ends all other sessions with a new password', async () => {
    const test = await openChat();
    const here = test.personFrom(await test.do(null, 'account.set-up', setUpParams));
    const there = test.personFrom(await test.do(null, 'account.sign-in', signInParams));
    const wrong = { current: 'three grey heron', next: 'four white storks' };
    expect(await test.refusal(here, 'account.change-password', wrong)).toBe('wrong-credentials');
    expect(await test.refusal(here, 'account.change-password', { current: password, next: 'short' })).toBe(
      'password-too-weak',
    );
    const change = { current: password, next: 'four white storks' };
    const told = await test.effectsOf(() => test.do(here, 'account.change-password', change));
    expect(told.revocations).toMatchObject([{ kind: 'user', user: here.user, sessions: [there.actor.session] }]);
    expect(await test.refusal(here, 'account.home', {})).toBe(undefined);
    expect(await test.refusal(there, 'account.home', {})).toBe('session-revoked');
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe('wrong-credentials');
    const next = { ...signInParams, password: 'four white storks' };
    expect(await test.refusal(null, 'account.sign-in', next)).toBe(undefined);
  });

  it('takes one of two new passwords that come at once', async () => {
    const test = await openChat();
    const ada = test.personFrom(await test.do(null, 'account.set-up', setUpParams));
    const change = (next: string) => test.refusal(ada, 'account.change-password', { current: password, next });
    const codes = await Promise.all([change('four white storks'), change('five black cranes')]);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(1);
  });

  it('that is switched off ends at once, keeps its rooms, and can come back', async () => {
    const test = await openChat();
    const signedIn = await test.do(null, 'account.set-up', setUpParams);
    const ada = test.personFrom(signedIn);
    const told = await test.effectsOf(() => test.chat.setAccountDisabled(ada.user, true));
    expect(told.revocations).toMatchObject([{ kind: 'user', user: ada.user, sessions: [ada.actor.session] }]);
    expect(told.events).toHaveLength(2);
    expect(await test.chat.authenticate(ada.token)).toMatchObject({ error: { code: 'account-disabled' } });
    expect(await test.refusal(null, 'account.sign-in', signInParams)).toBe('account-disabled');
    await test.chat.setAccountDisabled(ada.user, true);
    await test.chat.setAccountDisabled(ada.user, false);
    expect(await test.refusal(ada, 'account.home', {})).toBe('session-revoked');
    const back = test.personFrom(await test.do(null, 'account.sign-in', signInParams));
    expect((await test.do(back, 'account.home', {})).rooms).toHaveLength(1);
  });

  it('cannot be switched off when there is none', async () => {
    const test = await openChat();
    const { space } = await test.found();
    await expect(test.chat.setAccountDisabled(space as never, true)).rejects.toMatchObject({ code: 'not-found' });
  });
});
