import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DialectName, Room, SwarmReport, SwarmRequest } from './swarm-messages.ts';

/** Sockets of one process stay well below the 20,000 file descriptors that a machine commonly allows. */
const membersPerProcess = 8_000;

export interface SwarmOptions {
  url: string;
  count: number;
  dialect?: DialectName;
  /** Members take turns with them. */
  tokens?: readonly string[];
  room?: Room;
}

/** Many listeners, in processes of their own so that they do not share a thread with what measures. */
export class Swarm {
  readonly #children: { process: ChildProcess; ended: Promise<never> }[] = [];

  /** Resolves when every member listens. Milliseconds that this took are returned beside it. */
  static async open(options: SwarmOptions, processes = 1): Promise<{ swarm: Swarm; ms: number }> {
    const swarm = new Swarm();
    const count = Math.max(processes, Math.ceil(options.count / membersPerProcess));
    for (let index = 0; index < count; index += 1) {
      swarm.#children.push(startProcess());
    }
    const shares = swarm.#children.map((_, index) => Math.floor((options.count + index) / count));
    const { url, dialect = 'confab', tokens = [], room = null } = options;
    const startedMs = performance.now();
    await swarm.#ask((index) => ({ do: 'open', url, dialect, tokens, room, count: shares[index] ?? 0 }));
    return { swarm, ms: performance.now() - startedMs };
  }

  /** `count` members, spread over the processes, stop reading. */
  async pause(count: number): Promise<void> {
    const processes = this.#children.length;
    await this.#ask((index) => ({ do: 'pause', count: Math.floor((count + index) / processes) }));
  }

  async resume(): Promise<void> {
    await this.#ask(() => ({ do: 'resume' }));
  }

  /** What was counted since the last report, over all processes. */
  async report(): Promise<SwarmReport> {
    const reports = (await this.#ask(() => ({ do: 'report' }))) as SwarmReport[];
    return reports.reduce((a, b) => merge(a, b, { beside: true }));
  }

  /** Asks until `enough` is true of the sum of all reports since now, or the time is over. */
  async reportUntil(enough: (report: SwarmReport) => boolean, timeoutMs: number): Promise<SwarmReport> {
    const deadlineMs = performance.now() + timeoutMs;
    let total = await this.report();
    while (!enough(total) && performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      total = merge(total, await this.report(), { beside: false });
    }
    return total;
  }

  /** Cuts all connections and ends the processes. */
  async close(): Promise<void> {
    await this.#ask(() => ({ do: 'cut' }));
    for (const child of this.#children) child.process.disconnect();
    await Promise.allSettled(this.#children.map(({ ended }) => ended));
  }

  #ask(request: (index: number) => SwarmRequest): Promise<unknown[]> {
    return Promise.all(
      this.#children.map(async ({ process, ended }, index) => {
        const answered = once(process, 'message');
        process.send(request(index));
        const [answer] = await Promise.race([answered, ended]);
        return answer;
      }),
    );
  }
}

function startProcess(): { process: ChildProcess; ended: Promise<never> } {
  const child = fork(join(import.meta.dirname, 'swarm-process.ts'), { stdio: 'inherit' });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('A swarm process ended early.')));
  // Ending is an error only for those who wait for an answer.
  ended.catch(() => {});
  return { process: child, ended };
}

/** Counts add up. What is told as of now adds up over processes; of two reports of one, the later counts. */
function merge(a: SwarmReport, b: SwarmReport, { beside }: { beside: boolean }): SwarmReport {
  const ended = { ...a.ended };
  for (const [why, count] of Object.entries(b.ended)) ended[why] = (ended[why] ?? 0) + count;
  return {
    members: beside ? a.members + b.members : b.members,
    deliveries: a.deliveries + b.deliveries,
    gaps: a.gaps + b.gaps,
    doubles: a.doubles + b.doubles,
    ended,
    errors: [...a.errors, ...b.errors],
    lowest: beside ? Math.min(a.lowest, b.lowest) : b.lowest,
    lowestReading: beside ? Math.min(a.lowestReading, b.lowestReading) : b.lowestReading,
    latenciesMs: a.latenciesMs.concat(b.latenciesMs),
  };
}
