import { describe, expect, it } from 'vitest';
import { SlotWatch } from './slot-watch.ts';

const range = (from: number, to: number, port: number) => ({ from, to, master: { host: 'redis', port } });
const before = [range(0, 99, 1), range(100, 199, 2)];
const underWay = [range(0, 89, 1), range(90, 199, 2)];
const after = [range(0, 49, 1), range(50, 199, 2)];

describe('a watch over the slots of a cluster', () => {
  it('is content while nothing moves, in whichever order the masters are told', () => {
    const watch = new SlotWatch(before);
    watch.look(before);
    expect(() => watch.look([...before].reverse())).not.toThrow();
  });

  it('waits until a move is over, and then says so', () => {
    const watch = new SlotWatch(before);
    watch.look(underWay);
    watch.look(after);
    expect(() => watch.look(after)).toThrow('other masters');
  });

  it('says so of slots that have come back too: what was subscribed there may be lost', () => {
    const watch = new SlotWatch(before);
    watch.look(underWay);
    expect(() => watch.look(before)).not.toThrow();
    expect(() => watch.look(before)).toThrow('other masters');
  });
});
