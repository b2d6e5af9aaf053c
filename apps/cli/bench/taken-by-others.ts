import { readFileSync } from 'node:fs';

/** Processor time of the whole machine since it started, in the kernel's ticks. */
interface Ticks {
  readonly all: number;
  /** When something wanted to run and the host ran another machine (`steal` in proc(5)). */
  readonly taken: number;
}

/** The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal, and two that user holds already. */
export function ticksOf(stat: string): Ticks {
  const counts = /^cpu +([\d ]+)/.exec(stat)?.[1]?.split(' ').slice(0, 8).map(Number) ?? [];
  return { all: counts.reduce((sum, each) => sum + each, 0), taken: counts[7] ?? 0 };
}

/** Begins to watch; what it returns says which share of the processor other machines of the host took since, in percent. */
export function takenByOthers(read = () => readFileSync('/proc/stat', 'utf8')): () => number {
  const before = ticksOf(read());
  return () => {
    const { all, taken } = ticksOf(read());
    return all === before.all ? 0 : Math.round((100 * (taken - before.taken)) / (all - before.all));
  };
}
