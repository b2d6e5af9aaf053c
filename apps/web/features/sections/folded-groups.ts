const key = 'confab:folded-groups';
const listeners = new Set<() => void>();
let folded: ReadonlySet<string> | undefined;

function read(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '["archived"]');
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set(['archived']);
  }
}

/** Which of the groups that are always there show only their names, on this device. One's own sections know it themselves. */
export const foldedGroups = {
  get: (): ReadonlySet<string> => {
    folded ??= read();
    return folded;
  },
  set(group: string, fold: boolean): void {
    const next = new Set(foldedGroups.get());
    if (fold) next.add(group);
    else next.delete(group);
    folded = next;
    localStorage.setItem(key, JSON.stringify([...next]));
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
