import styles from './door-card.module.css';
import type { DoorWatch, WatchState } from './door-watch.ts';
import type { WatchFigures } from './use-watches.ts';

const stateWords: Readonly<Record<WatchState, string>> = {
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Trying again',
  failed: 'Not available',
};

interface DoorCardProps {
  watch: DoorWatch;
  figures: WatchFigures;
  /** What a full bar stands for. */
  slowestMs: number;
}

/** One door: whether it is open, how long the last message took through it, and what it cost so far. */
export function DoorCard({ watch, figures, slowestMs }: DoorCardProps) {
  const { state, arrivals, requests, chars } = figures;
  const last = arrivals.at(-1);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>{watch.name}</h2>
        <span className={styles.state} data-state={state}>
          {stateWords[state]}
        </span>
      </div>
      <p className={styles.manner}>
        {watch.manner}
        <code>{watch.client}</code>
      </p>
      <div className={styles.arrival}>
        <span className={styles.latency}>{last === undefined ? '–' : millis(last)}</span>
        <span className={styles.track} aria-hidden>
          <span className={styles.bar} style={{ inlineSize: `${((last ?? 0) / slowestMs) * 100}%` }} />
        </span>
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>Median</dt>
          <dd>{arrivals.length === 0 ? '–' : millis(median(arrivals))}</dd>
        </div>
        <div>
          <dt>Messages</dt>
          <dd>{arrivals.length}</dd>
        </div>
        <div>
          <dt>Requests</dt>
          <dd>{requests}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>{kilobytes(chars)}</dd>
        </div>
      </dl>
    </li>
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function millis(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms).toLocaleString()} ms`;
}

function kilobytes(chars: number): string {
  return chars < 1_000 ? `${chars} B` : `${(chars / 1_000).toFixed(1)} kB`;
}
