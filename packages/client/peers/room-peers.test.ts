import { describe, expect, it } from 'vitest';
import { ConfabError } from '../confab-error.ts';
import { peerBounds, peerTimes } from './bounds.ts';
import { FakeMeeting, room } from './testing/fake-meeting.ts';

const statesOf = ({ peers }: ReturnType<FakeMeeting['enter']>) =>
  Object.fromEntries(peers.list.get().map(({ user, state }) => [user, state]));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Two people who are in touch, one way or the other. */
async function pair({ rtc = true } = {}) {
  const meeting = new FakeMeeting();
  const ada = meeting.enter('ada');
  const ben = meeting.enter('ben', { rtc });
  await meeting.advance(500);
  return { meeting, ada, ben };
}

describe('peers in a room', () => {
  it('[P1] find each other, whoever came first, and meet directly', async () => {
    const meeting = new FakeMeeting();
    const ada = meeting.enter('ada');
    await meeting.settle();
    const ben = meeting.enter('ben');
    const cem = meeting.enter('cem');
    await meeting.settle();
    expect(statesOf(ada)).toEqual({ ben: 'direct', cem: 'direct' });
    expect(statesOf(ben)).toEqual({ ada: 'direct', cem: 'direct' });
    expect(statesOf(cem)).toEqual({ ada: 'direct', ben: 'direct' });
    expect(ben.told).toContain('ada connecting');
  });

  it.each([
    ['the greater id was first', 'z', 'a'],
    ['the smaller id was first', 'a', 'z'],
  ])('meet once, though both may offer, when %s', async (_, one, two) => {
    const meeting = new FakeMeeting();
    meeting.enter('ada', { id: one });
    meeting.enter('ben', { id: two });
    await meeting.settle();
    for (const connection of meeting.network.connections) connection.restartIce();
    await meeting.settle();
    expect(
      meeting.network.connections.map(({ connectionState, signalingState }) => [connectionState, signalingState]),
    ).toEqual([
      ['connected', 'stable'],
      ['connected', 'stable'],
    ]);
  });

  it('tell each other reliable and unreliable messages, to all or to one', async () => {
    const meeting = new FakeMeeting();
    const [ada, ben, cem] = [meeting.enter('ada'), meeting.enter('ben'), meeting.enter('cem')];
    await meeting.settle();
    expect(ada.peers.send({ to: 'all' })).toBe(true);
    ada.peers.send([1, 2], { reliable: false });
    const toBen = ada.peers.list.get().find(({ user }) => user === 'ben');
    ada.peers.send('only you', toBen ? { to: toBen } : {});
    await meeting.settle();
    expect([ben.heard, cem.heard]).toEqual([[{ to: 'all' }, 'only you'], [{ to: 'all' }]]);
    expect([ben.heardUnreliably, cem.heardUnreliably]).toEqual([[[1, 2]], [[1, 2]]]);
    expect(meeting.signals.some(({ kind }) => kind === 'data')).toBe(false);
  });

  it('are told who speaks, by their person as the server knows them', async () => {
    const { ada, ben, meeting } = await pair();
    const from: unknown[] = [];
    ben.peers.onMessage((message) => from.push(message.from));
    ada.peers.send('hello');
    await meeting.settle();
    expect(from).toEqual([{ key: `ada/${ada.peers.id}`, user: 'ada', peer: ada.peers.id, state: 'direct' }]);
  });

  it('are one’s own other devices too, and never oneself', async () => {
    const meeting = new FakeMeeting();
    const [desk, phone] = [meeting.enter('ada'), meeting.enter('ada')];
    await meeting.settle();
    expect(desk.peers.list.get().map(({ peer }) => peer)).toEqual([phone.peers.id]);
    desk.peers.send('copy');
    await meeting.settle();
    expect([desk.heard, phone.heard]).toEqual([[], ['copy']]);
  });

  it('go when they say so: shown as gone, then no longer', async () => {
    const { ada, ben, meeting } = await pair();
    ben.peers.close();
    await meeting.settle();
    expect(ada.told.at(-1)).toBe('ben gone');
    expect(ada.peers.list.get()).toEqual([]);
    expect(ben.peers.list.get()).toEqual([]);
    expect(ben.peers.send('late')).toBe(true);
    await meeting.settle();
    expect(ada.heard).toEqual([]);
    ada.peers.close();
    expect(meeting.time.waiting).toBe(0);
  });

  it('[P1] lapse when nothing is heard of them', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    ben.online = false;
    await meeting.advance(peerTimes.lapseMs - 1_000);
    expect(statesOf(ada)).toEqual({ ben: 'relayed' });
    await meeting.advance(peerTimes.announceEveryMs + 1_000);
    expect(ada.peers.list.get()).toEqual([]);
  });

  it('that are too many are left out', async () => {
    const meeting = new FakeMeeting();
    const ada = meeting.enter('ada', { rtc: false });
    for (let index = 0; index < peerBounds.peers + 3; index += 1) meeting.enter(`p${index}`, { rtc: false });
    await meeting.settle();
    expect(ada.peers.list.get()).toHaveLength(peerBounds.peers);
  });

  it('[P2] who are no longer in the room are gone', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    meeting.members.delete(ben.user);
    ada.peers.send('are you there?');
    await meeting.advance(1_000);
    expect(ada.peers.list.get()).toEqual([]);
  });

  it('are let go of when they are taken out of the room, though they are linked directly', async () => {
    const { ada, ben, meeting } = await pair();
    const cem = meeting.enter('cem');
    await meeting.settle();
    meeting.remove(ben.user);
    await meeting.settle();
    expect([statesOf(ada), statesOf(ben), statesOf(cem)]).toEqual([{ cem: 'direct' }, {}, { ada: 'direct' }]);
    ben.peers.send('still here');
    ada.peers.send('in private');
    await meeting.advance(peerTimes.announceEveryMs);
    expect([ada.heard, ben.heard, cem.heard]).toEqual([[], [], ['in private']]);
  });

  it('are nobody’s where the room does not let one in, until it does', async () => {
    const meeting = new FakeMeeting();
    const ada = meeting.enter('ada');
    const eve = meeting.enter('eve', { member: false });
    await expect(eve.peers.announced).rejects.toThrow(ConfabError);
    await meeting.settle();
    expect([ada.peers.list.get(), eve.peers.list.get()]).toEqual([[], []]);
    meeting.members.add(eve.user);
    await meeting.advance(peerTimes.announceEveryMs);
    expect(statesOf(eve)).toEqual({ ada: 'direct' });
  });
});

describe('[P4] without a direct way', () => {
  it('messages go through the server, in order, with nothing else changed', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    expect([statesOf(ada), statesOf(ben)]).toEqual([{ ben: 'relayed' }, { ada: 'relayed' }]);
    for (const count of upTo(100)) expect(ada.peers.send(count)).toBe(true);
    ben.peers.send('back');
    ada.peers.send('there', { reliable: false });
    await meeting.advance(2_000);
    expect(ben.heard).toEqual(upTo(100));
    expect(ada.heard).toEqual(['back']);
    expect(ben.heardUnreliably).toEqual(['there']);
  });

  it('peers who cannot reach each other are in touch through the server at once', async () => {
    const meeting = new FakeMeeting();
    meeting.network.reachable = false;
    const [ada, ben] = [meeting.enter('ada'), meeting.enter('ben')];
    await meeting.settle();
    expect(statesOf(ada)).toEqual({ ben: 'relayed' });
    ada.peers.send('hello');
    await meeting.advance(200);
    expect(ben.heard).toEqual(['hello']);
  });

  it('peers whose negotiation goes nowhere are in touch through the server after a while', async () => {
    const meeting = new FakeMeeting();
    meeting.loses = ({ kind }) => kind === 'answer';
    const [ada, ben] = [meeting.enter('ada'), meeting.enter('ben')];
    await meeting.advance(peerTimes.meetMs - 1);
    expect(statesOf(ada)).toEqual({ ben: 'connecting' });
    ada.peers.send('soon');
    ada.peers.send('never', { reliable: false });
    await meeting.advance(1 + peerTimes.relayEveryMs);
    expect([statesOf(ada), ben.heard, ben.heardUnreliably]).toEqual([{ ben: 'relayed' }, ['soon'], []]);
  });

  it('nothing is lost, doubled or out of order when signals are lost and come in another order', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    meeting.loses = (_, index) => index % 3 === 0;
    meeting.reorders = true;
    for (const count of upTo(300)) {
      ada.peers.send(count);
      ben.peers.send(-count);
      if (count % 50 === 0) await meeting.advance(300);
    }
    await meeting.advance(60_000);
    expect(ben.heard).toEqual(upTo(300));
    expect(ada.heard).toEqual(upTo(300).map((count) => -count));
  });

  it('[P7] no more signals are sent than half of what the server allows', async () => {
    const meeting = new FakeMeeting();
    const ada = meeting.enter('ada', { rtc: false });
    for (const name of ['ben', 'cem', 'dan', 'eve']) meeting.enter(name, { rtc: false });
    await meeting.advance(500);
    const before = meeting.signals.length;
    for (const count of upTo(20)) {
      ada.peers.send({ count, text: 'x'.repeat(10_000) });
      ada.peers.send({ count }, { reliable: false });
    }
    await meeting.advance(1_000);
    const sent = meeting.signals.slice(before).filter(({ from }) => from === ada.peers.id);
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.length).toBeLessThanOrEqual(1_000 / peerTimes.relayEveryMs + 1);
    for (const { payload } of sent) expect(payload.length).toBeLessThan(peerBounds.relayChars + 1_000);
  });

  it('of unreliable messages the newest are passed on', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    for (const count of upTo(100)) ada.peers.send(count, { reliable: false });
    await meeting.advance(1_000);
    expect(ben.heardUnreliably).toEqual(upTo(100).slice(-peerBounds.waitingUnreliable));
  });
});

describe('[P4] a change of way', () => {
  it('loses and doubles nothing, in either direction', async () => {
    const { ada, ben, meeting } = await pair();
    for (const count of upTo(200)) {
      ada.peers.send(count);
      ben.peers.send(-count);
      if (count === 60) meeting.network.break();
      if (count === 140) {
        meeting.network.reachable = true;
        for (const connection of meeting.network.connections) connection.restartIce();
      }
      if (count % 20 === 0) await meeting.advance(100);
    }
    await meeting.advance(20_000);
    expect(ada.told).toEqual(['ben connecting', 'ben direct', 'ben relayed', 'ben direct']);
    expect(ben.heard).toEqual(upTo(200));
    expect(ada.heard).toEqual(upTo(200).map((count) => -count));
  });

  it('happens by itself when a lost way is there again with the server', async () => {
    const { ada, ben, meeting } = await pair();
    meeting.network.break();
    await meeting.settle();
    ada.online = false;
    await meeting.advance(2_000);
    expect(statesOf(ada)).toEqual({ ben: 'relayed' });
    meeting.network.reachable = true;
    ada.back();
    await meeting.settle();
    expect([statesOf(ada), statesOf(ben)]).toEqual([{ ben: 'direct' }, { ada: 'direct' }]);
  });

  it.each([
    ['one', 1],
    ['three', 3],
  ])('[P3] a greeting is repeated when %s of them were lost', async (_, count) => {
    const meeting = new FakeMeeting();
    let lost = 0;
    meeting.loses = ({ kind }) => kind === 'hello' && lost++ < count;
    const [ada, ben] = [meeting.enter('ada'), meeting.enter('ben')];
    await meeting.advance(2 ** count * peerTimes.greetMs);
    expect([statesOf(ada), statesOf(ben)]).toEqual([{ ben: 'direct' }, { ada: 'direct' }]);
  });

  it('[P3] an offer that was lost is made again', async () => {
    const meeting = new FakeMeeting();
    let lost = 0;
    meeting.loses = ({ kind }) => kind === 'offer' && lost++ < 2;
    const [ada, ben] = [meeting.enter('ada'), meeting.enter('ben')];
    await meeting.advance(2 * peerTimes.reofferMs);
    expect([statesOf(ada), statesOf(ben)]).toEqual([{ ben: 'direct' }, { ada: 'direct' }]);
  });

  it('direct messages go on without the server', async () => {
    const { ada, ben, meeting } = await pair();
    ada.online = false;
    ben.online = false;
    await meeting.advance(peerTimes.lapseMs + peerTimes.announceEveryMs);
    ada.peers.send('still here');
    await meeting.settle();
    expect(ben.heard).toEqual(['still here']);
  });
});

describe('someone who was given up and comes back', () => {
  it('begins anew: what was said before does not disturb it', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    ada.peers.send('before');
    await meeting.advance(500);
    // The one does not hear the other for long; the other notices nothing.
    ada.online = false;
    await meeting.advance(peerTimes.lapseMs + peerTimes.announceEveryMs);
    ben.peers.send('into the void');
    await meeting.advance(1_000);
    ada.back();
    await meeting.advance(peerTimes.announceEveryMs + 1_000);
    expect([statesOf(ada), statesOf(ben)]).toEqual([{ ben: 'relayed' }, { ada: 'relayed' }]);
    ada.peers.send('after');
    ben.peers.send('welcome');
    await meeting.advance(5_000);
    expect(ben.heard).toEqual(['before', 'after']);
    expect(ada.heard.at(-1)).toBe('welcome');
  });

  it('on one side only is met by the other’s new link', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    meeting.loses = ({ from }) => from === ben.peers.id;
    ben.online = false;
    await meeting.advance(peerTimes.lapseMs + peerTimes.announceEveryMs);
    expect(statesOf(ada)).toEqual({});
    meeting.loses = () => false;
    ben.back();
    await meeting.advance(1_000);
    for (const count of upTo(70)) ben.peers.send(count);
    await meeting.advance(10_000);
    expect(ada.heard).toEqual(upTo(70));
  });
});

describe('what is refused', () => {
  it('a message that JSON cannot hold, and one that is too large', async () => {
    const { ada } = await pair();
    expect(() => ada.peers.send(undefined)).toThrow(RangeError);
    expect(() => ada.peers.send('x'.repeat(peerBounds.messageChars - 2))).not.toThrow();
    expect(() => ada.peers.send('x'.repeat(peerBounds.messageChars - 1))).toThrow(RangeError);
  });

  it('messages beyond what may wait for a peer, and for one who is not there', async () => {
    const { ada, ben, meeting } = await pair({ rtc: false });
    meeting.loses = () => true;
    for (const count of upTo(peerBounds.queuedMessages)) expect(ada.peers.send(count)).toBe(true);
    expect(ada.peers.send('one more')).toBe(false);
    meeting.loses = () => false;
    await meeting.advance(60_000);
    expect(ben.heard).toEqual(upTo(peerBounds.queuedMessages));
    expect(ada.peers.send('x', { to: { key: 'nobody/x' } })).toBe(false);
  });

  it.each([
    'nothing',
    '5',
    '{}',
    '{"g":0,"r":0}',
    '{"g":1,"r":-1}',
    '{"g":"1","r":0}',
    '{"g":1,"r":0,"e":{"n":1}}',
    '{"g":1,"r":0,"e":[null,5,{"n":"1","d":1},{"n":0,"d":1},{"a":-1}]}',
    '{"g":1,"r":0,"v":{"type":"offer","sdp":7}}',
  ])('what another program says without knowing the form: %s', async (payload) => {
    const { ada, meeting } = await pair({ rtc: false });
    const eve = meeting.enter('eve', { rtc: false });
    await meeting.settle();
    for (const kind of ['hello', 'offer', 'answer', 'candidate', 'data'] as const) {
      await meeting.say({ room, to: ada.user, peer: ada.peers.id, from: 'strange', kind, payload }, eve.user);
    }
    await meeting.advance(1_000);
    expect(ada.heard).toEqual([]);
    eve.peers.send('hello');
    await meeting.advance(1_000);
    expect(ada.heard).toEqual(['hello']);
  });
});
