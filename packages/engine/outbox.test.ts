import { describe, expect, it } from 'vitest';
import { Frame } from './frame.ts';
import { engineLimits } from './limits.ts';
import { Outbox, Outlet, type OutletOwner } from './outbox.ts';
import { FakeTime } from './testing/fake-time.ts';
import { lineFraming, RecordingPeer } from './testing/recording-peer.ts';
import type { Framing } from './transport.ts';

const owner: OutletOwner = { user: null, fellBehind() {}, overflowed() {}, wrote() {}, closeLog() {} };

function countingFraming(name: string): Framing & { calls: number } {
  return {
    name,
    calls: 0,
    frame(text) {
      this.calls += 1;
      return Buffer.from(`${name}:${text};`);
    },
  };
}

function createOutbox() {
  const time = new FakeTime();
  const outbox = new Outbox(time.timers, engineLimits);
  const open = (framing: Framing = lineFraming) => {
    const peer = new RecordingPeer({ framing });
    return { peer, outlet: new Outlet(peer, owner, outbox.nothing) };
  };
  return { time, outbox, open };
}

describe('the outbox', () => {
  it('gives connections that wait for the same frames the same bytes', () => {
    const { time, outbox, open } = createOutbox();
    const [one, two, other] = [open(), open(), open()];
    const [a, b, c] = [new Frame('a'), new Frame('b'), new Frame('c')];
    outbox.queue(other.outlet, new Frame('own'));
    for (const frame of [a, b, c]) for (const { outlet } of [one, two, other]) outbox.queue(outlet, frame);
    time.tick();
    expect(one.peer.writes).toHaveLength(1);
    expect(one.peer.writes[0]).toBe(two.peer.writes[0]);
    expect(String(one.peer.writes[0])).toBe('a\nb\nc\n');
    expect(String(other.peer.writes[0])).toBe('own\na\nb\nc\n');
  });

  it('frames once per kind of door', () => {
    const { time, outbox, open } = createOutbox();
    const kinds = [countingFraming('x'), countingFraming('y'), countingFraming('z')];
    const all = kinds.flatMap((framing) => [open(framing), open(framing)]);
    const frame = new Frame('f');
    for (const { outlet } of all) outbox.queue(outlet, frame);
    time.tick();
    expect(kinds.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    expect(all.map(({ peer }) => String(peer.writes[0]))).toEqual(['x:f;', 'x:f;', 'y:f;', 'y:f;', 'z:f;', 'z:f;']);
  });

  it('does not mix up a later tick with an earlier one', () => {
    const { time, outbox, open } = createOutbox();
    const [one, two] = [open(), open()];
    const frame = new Frame('a');
    outbox.queue(one.outlet, frame);
    time.tick();
    outbox.queue(two.outlet, frame);
    outbox.queue(two.outlet, new Frame('b'));
    outbox.queue(one.outlet, new Frame('c'));
    time.tick();
    expect(one.peer.writes.map(String)).toEqual(['a\n', 'c\n']);
    expect(two.peer.writes.map(String)).toEqual(['a\nb\n']);
  });

  it('writes nothing to a connection that closed in the meantime', () => {
    const { time, outbox, open } = createOutbox();
    const { peer, outlet } = open();
    outbox.queue(outlet, new Frame('a'));
    outlet.closed = true;
    outbox.queue(outlet, new Frame('b'));
    outbox.flush(outlet);
    time.tick();
    expect(peer.writes).toEqual([]);
  });

  it('writes at once when asked to, and only once', () => {
    const { time, outbox, open } = createOutbox();
    const { peer, outlet } = open();
    outbox.queue(outlet, new Frame('a'));
    outbox.flush(outlet);
    outbox.flush(outlet);
    time.tick();
    expect(peer.writes.map(String)).toEqual(['a\n']);
  });
});
