const visibleLock = 'confab:visible';

/** Without a secure address a page cannot know of its others: each acts as if it were the only one. */
const locks = (): LockManager | undefined => (isSecureContext ? navigator.locks : undefined);

/** Holds a lock until the answer is called; calls `held` once this tab has it. */
function hold(name: string, mode: LockMode, held: () => void): () => void {
  const manager = locks();
  if (manager === undefined) {
    held();
    return () => {};
  }
  const stopping = new AbortController();
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = () => {
    held();
    return until;
  };
  // Nobody else is told when it is given up before it was had.
  manager.request(name, { mode, signal: stopping.signal }, work).catch(() => {});
  return () => {
    release();
    stopping.abort();
  };
}

/** Runs in one of all tabs at a time; in another one when that is closed. The answer ends it. */
export function inOneTab(name: string, run: () => () => void): () => void {
  let end = () => {};
  const release = hold(name, 'exclusive', () => {
    end = run();
  });
  return () => {
    end();
    release();
  };
}

/** Lets the other tabs know whether this one is being looked at. */
export function tellVisibility(): () => void {
  let release: (() => void) | null = null;
  const look = () => {
    const visible = document.visibilityState === 'visible';
    if (visible && release === null) release = hold(visibleLock, 'shared', () => {});
    else if (!visible) {
      release?.();
      release = null;
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    release?.();
  };
}

/** Whether any tab is being looked at. */
export async function isAnyTabVisible(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true;
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.some(({ name }) => name === visibleLock);
}
