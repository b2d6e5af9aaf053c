import type { Tabs } from '../ports.ts';

interface Waiting {
  held: () => void;
}

/** One browser with several tabs: they share locks and channels. Each tab gets its own `Tabs`. */
export class FakeBrowser {
  readonly #locks = new Map<string, Waiting[]>();
  readonly #channels = new Map<string, Set<(message: unknown) => void>>();

  tab(): Tabs {
    return {
      lock: (name, held) => this.#lock(name, held),
      channel: (name, heard) => this.#channel(name, heard),
    };
  }

  #lock(name: string, held: () => void): () => void {
    const queue = this.#locks.get(name) ?? [];
    this.#locks.set(name, queue);
    const entry = { held };
    queue.push(entry);
    if (queue[0] === entry) queueMicrotask(() => queue[0] === entry && held());
    return () => {
      const first = queue[0] === entry;
      const index = queue.indexOf(entry);
      if (index >= 0) queue.splice(index, 1);
      if (first) queueMicrotask(() => queue[0]?.held());
    };
  }

  #channel(name: string, heard: (message: unknown) => void) {
    const listeners = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, listeners);
    listeners.add(heard);
    return {
      post: (message: unknown) => {
        const copy = structuredClone(message);
        for (const other of [...listeners])
          if (other !== heard) queueMicrotask(() => listeners.has(other) && other(copy));
      },
      close: () => {
        listeners.delete(heard);
      },
    };
  }
}
