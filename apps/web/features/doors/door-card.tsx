import { type Sentence, sentence, t } from '../../language/sentences.ts';
import styles from './door-card.module.css';
import type { DoorWatch, WatchState } from './door-watch.ts';
import { kilobytes, median, millis } from './figures.ts';
import type { WatchFigures } from './use-watches.ts';

const stateWords: Readonly<Record<WatchState, Sentence>> = {
  connecting: sentence('Connecting'),
  open: sentence('Connected'),
  waiting: sentence('Trying again'),
  failed: sentence('Not available'),
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
        <h3 className={styles.name}>{t(watch.name)}</h3>
        <span className={styles.state} data-state={state}>
          {t(stateWords[state])}
        </span>
      </div>
      <p className={styles.manner}>
        {t(watch.manner)}
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
          <dt>{t('Median')}</dt>
          <dd>{arrivals.length === 0 ? nothing : millis(median(arrivals))}</dd>
        </div>
        <div>
          <dt>{t('Messages')}</dt>
          <dd>{arrivals.length}</dd>
        </div>
        <div>
          <dt>{t('Requests')}</dt>
          <dd>{requests}</dd>
        </div>
        <div>
          <dt>{t('Received')}</dt>
          <dd>{kilobytes(chars)}</dd>
        </div>
      </dl>
    </li>
  );
}
