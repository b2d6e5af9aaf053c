/** Something that is done to a server that all nodes need. */
export interface Fault {
  readonly name: string;
  begin(): void | Promise<void>;
  /** How long it lasts, in milliseconds; 0: it is over with `begin`. */
  readonly lastsMs: number;
  end(): void | Promise<void>;
}

/** When one began, and when it was over; monotonic milliseconds. */
export interface FaultTime {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One fault after the other, each with time before and after it. */
export async function suffer(faults: readonly Fault[], quietMs: number): Promise<FaultTime[]> {
  const times: FaultTime[] = [];
  for (const { name, begin, lastsMs, end } of faults) {
    await pause(quietMs);
    const fromMs = performance.now();
    await begin();
    await pause(lastsMs);
    await end();
    times.push({ name, fromMs, toMs: performance.now() });
  }
  await pause(quietMs);
  return times;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
