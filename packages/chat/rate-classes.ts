/** A token bucket: `perSecond` tokens flow in, at most `burst` are kept, an operation takes one. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
  /** Whose bucket: the user's (their address when signed out), or in any case the address's. */
  readonly per: 'user' | 'address';
}

/** How often one person may do what. Generous for a person, tight for a script that goes astray. */
export const rateClasses = {
  read: { perSecond: 50, burst: 300, per: 'user' },
  write: { perSecond: 10, burst: 60, per: 'user' },
  post: { perSecond: 20, burst: 100, per: 'user' },
  /** A page with many pictures asks for each of them. */
  file: { perSecond: 100, burst: 1_000, per: 'user' },
  /** Each may look through much. */
  search: { perSecond: 5, burst: 30, per: 'user' },
  typing: { perSecond: 5, burst: 20, per: 'user' },
  /** A meeting of two peers takes some ten of them; what cannot go from one to the other directly comes this way too. */
  signal: { perSecond: 40, burst: 200, per: 'user' },
  /** A pointer that moves is told some thirty times a second. */
  broadcast: { perSecond: 40, burst: 120, per: 'user' },
  /** Saved by clients on their own, about once a second while much is heard. */
  cursor: { perSecond: 20, burst: 100, per: 'user' },
  /** Signed out or in: what the instance is, what an invitation is for. */
  visit: { perSecond: 10, burst: 100, per: 'user' },
  'sign-in': { perSecond: 1, burst: 30, per: 'address' },
  'sign-up': { perSecond: 0.2, burst: 20, per: 'address' },
} as const satisfies Record<string, Rate>;

export type LimitClass = keyof typeof rateClasses;
export type RateLimits = Readonly<Partial<Record<LimitClass, { readonly perSecond: number; readonly burst: number }>>>;
