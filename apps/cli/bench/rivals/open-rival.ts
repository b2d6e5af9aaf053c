import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Swarm } from '../../swarm/swarm.ts';
import type { DialectName } from '../../swarm/swarm-messages.ts';
import { eventText, type Subject } from '../subject.ts';
import type { Listening } from './rival-messages.ts';

/** A server that Confab is compared with, in a process of its own, with its listeners. */
export async function openRival(dialect: Exclude<DialectName, 'confab'>, sockets: number): Promise<Subject> {
  const child = fork(join(import.meta.dirname, `${dialect}-server.ts`));
  const [{ port }] = (await once(child, 'message')) as [Listening];
  const { swarm } = await Swarm.open({ url: `http://127.0.0.1:${port}`, count: sockets, dialect });
  return {
    pid: child.pid ?? 0,
    swarm,
    publish: async (times) => {
      child.send({ text: eventText(), times });
    },
    close: async () => {
      await swarm.close();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
