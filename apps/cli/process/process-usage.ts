import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks a second of `/proc/<pid>/stat`; 100 on every Linux that Node runs on unless the kernel says otherwise. */
let ticksPerSecond: number | undefined;

/** Milliseconds of processor time, over all threads, that a process has used since it began. */
export interface ProcessorTime {
  /** Everything: the program's own and what the kernel did for it. */
  totalMs: number;
  /** The program's own: its code, the runtime, garbage collection. */
  userMs: number;
}

export function processorTime(pid: number): ProcessorTime {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces: the fields are counted from behind it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return { totalMs: ((user + system) * 1000) / ticksPerSecond, userMs: (user * 1000) / ticksPerSecond };
}

/** Bytes that a process has in memory: all of them, and those that are not pages of files such as the program itself. */
export function residentBytes(pid: number): { all: number; own: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytesOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { all: bytesOf('VmRSS'), own: bytesOf('RssAnon') };
}
