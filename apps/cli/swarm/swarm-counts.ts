import { type SwarmReport, sharedNowMs } from './swarm-messages.ts';

const stamp = Buffer.from('t=');
/** Of so many members one measures how long events take; measuring costs more than receiving. */
const sampledOneIn = 20;
const keptSamples = 100_000;
const keptErrors = 5;

/** What all members of one process count together. */
export class SwarmCounts {
  deliveries = 0;
  gaps = 0;
  doubles = 0;
  ended: Record<string, number> = {};
  errors: string[] = [];
  latenciesMs: number[] = [];

  /** Notes how long the event in `payload` took, if its member is one of those that measure. */
  sample(member: number, payload: Buffer): void {
    if (member % sampledOneIn !== sampledOneIn - 1 || this.latenciesMs.length >= keptSamples) return;
    const from = payload.indexOf(stamp);
    if (from < 0) return;
    const sentMs = Number.parseFloat(payload.toString('latin1', from + 2, from + 40));
    if (Number.isFinite(sentMs)) this.latenciesMs.push(sharedNowMs() - sentMs);
  }

  end(why: string): void {
    this.ended[why] = (this.ended[why] ?? 0) + 1;
  }

  error(sentence: string): void {
    if (this.errors.length < keptErrors) this.errors.push(sentence);
  }

  take(members: number, lowest: number, lowestReading: number): SwarmReport {
    const { deliveries, gaps, doubles, ended, errors, latenciesMs } = this;
    this.deliveries = this.gaps = this.doubles = 0;
    this.ended = {};
    this.errors = [];
    this.latenciesMs = [];
    return { members, deliveries, gaps, doubles, ended, errors, latenciesMs, lowest, lowestReading };
  }
}
