import styles from './door-card.module.css';
import type { DoorWatch, WatchState } from './door-watch.ts';
import { kilobytes, median, millis } from './figures.ts';
import type { WatchFigures } from './use-watches.ts';

const stateWords: Readonly<Record<WatchState, string>> = {
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Trying again',
  failed: 'Not available',
};

/** Where a figure will be. */
const nothing = '–';

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
        <h3 className={styles.name}>{watch.name}</h3>
        <span className={styles.state} data-state={state}>
          {stateWords[state]}
        </span>
      </div>
      <p className={styles.manner}>
        {watch.manner}
        <code>{watch.client}</code>
      </p>
      <div className={styles.arrival}>
        <span className={styles.latency}>{last === undefined ? nothing : millis(last)}</span>
        <span className={styles.track} aria-hidden>
          {last === undefined ? null : (
            <span className={styles.bar} style={{ inlineSize: `${(last / slowestMs) * 100}%` }} />
          )}
        </span>
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>Median</dt>
          <dd>{arrivals.length === 0 ? nothing : millis(median(arrivals))}</dd>
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
