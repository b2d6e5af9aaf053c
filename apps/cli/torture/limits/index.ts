import { atMost, type Figure, percentile, told } from '../../figures.ts';
import { TestBed } from '../../load/test-bed.ts';
import { Bystander } from './bystander.ts';
import { gatewayCases } from './gateway-cases.ts';
import { httpCases } from './http-cases.ts';
import type { LimitCase, LimitTarget } from './limit-case.ts';
import { websocketCases } from './websocket-cases.ts';

export interface LimitsOptions {
  /** 1: also those that wait for a timeout of the server's. */
  slow: number;
  /** Every case so many times at once. */
  times: number;
}

/** Bar 21: whatever goes over a bound is refused with its code, and the others do not feel it. */
export function run({ slow, times }: LimitsOptions): Promise<Figure[]> {
  return TestBed.with({ members: 8 }, async (bed) => {
    const { people, url, server } = bed;
    const target = bed.target(people.owner.token, people.room);
    const tokens = people.members.map(({ token }) => token);
    const posts = { url, room: people.room, tokens, perSecond: 20, seconds: 3, chars: 100 };
    const before = percentile(await new Bystander(posts).result(), 0.99);
    const bystander = new Bystander({ ...posts, seconds: 3_600 });
    const figures: Figure[] = [];
    const cases = [...websocketCases, ...httpCases, ...gatewayCases];
    for (const limit of cases.filter(({ slow: waits }) => !waits)) figures.push(await judge(limit, target, times));
    const waiting = slow === 1 ? cases.filter(({ slow: waits }) => waits) : [];
    figures.push(...(await Promise.all(waiting.map((limit) => judge(limit, target, 1)))));
    const during = percentile(await bystander.stop(), 0.99);
    return [
      ...figures,
      atMost('server processes that ended', server.running ? 0 : 1, 0),
      told('others, p99 of a send before', before, 'ms'),
      atMost('others, p99 of a send meanwhile', during, before * 2 + 50, 'ms'),
    ];
  });
}

async function judge(limit: LimitCase, target: LimitTarget, times: number): Promise<Figure> {
  const outcomes = await Promise.all(
    Array.from({ length: times }, () => limit.run(target).catch((error: Error) => error.message)),
  );
  const fits = (outcome: string) =>
    typeof limit.expected === 'string' ? outcome === limit.expected : limit.expected.test(outcome);
  const wrong = outcomes.find((outcome) => !fits(outcome));
  const value = wrong ?? outcomes[0] ?? 'nothing';
  return { name: limit.name, value, target: String(limit.expected), ok: wrong === undefined };
}
