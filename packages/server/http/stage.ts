/**
 * How far a server's life is. `leaving`: it still takes whoever comes, and says to those who watch over it that nobody
 * should be sent here any more; `draining`: it finishes what was begun.
 */
export type Stage = 'serving' | 'leaving' | 'draining';
