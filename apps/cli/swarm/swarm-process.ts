import { ConfabMember } from './confab-member.ts';
import { PlainMember } from './plain-member.ts';
import { SwarmCounts } from './swarm-counts.ts';
import type { SwarmReport, SwarmRequest } from './swarm-messages.ts';

/** Upgrades under way at one time: more than a server's backlog of connections only makes the kernel drop them. */
const opening = 200;

const counts = new SwarmCounts();
const members: (ConfabMember | PlainMember)[] = [];

async function open(request: SwarmRequest & { do: 'open' }): Promise<void> {
  const fresh = Array.from({ length: request.count }, (_, index) => {
    const token = request.tokens[index % request.tokens.length] ?? '';
    return request.dialect === 'confab'
      ? new ConfabMember(index, request.url, token, request.room, counts)
      : new PlainMember(index, request.url, request.dialect, counts);
  });
  members.push(...fresh);
  const left = [...fresh].reverse();
  const openSome = async () => {
    for (let member = left.pop(); member; member = left.pop()) {
      await member.open().catch((error: Error) => counts.error(error.message));
    }
  };
  await Promise.all(Array.from({ length: opening }, openSome));
}

function report(): SwarmReport {
  const lowest = (some: readonly { last: number }[]) =>
    some.reduce((low, { last }) => Math.min(low, last), Number.MAX_SAFE_INTEGER);
  return counts.take(
    members.filter((member) => member.listening).length,
    lowest(members),
    lowest(members.filter((member) => !member.paused)),
  );
}

const answers: { [Kind in SwarmRequest['do']]: (request: SwarmRequest & { do: Kind }) => unknown } = {
  open,
  report,
  pause: ({ count }) => {
    for (const member of members.slice(0, count)) member.pause();
  },
  resume: () => {
    for (const member of members) member.resume();
  },
  cut: () => {
    for (const member of members.splice(0)) member.cut();
  },
};

process.on('message', async (request: SwarmRequest) => {
  const answer = answers[request.do] as (request: SwarmRequest) => unknown;
  process.send?.((await answer(request)) ?? null);
});
process.on('disconnect', () => process.exit());
