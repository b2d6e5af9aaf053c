/** Whose files are bounded together: a closed list, so that a screen can say it in its own language. */
export const quotaHolders = ['one person', 'the space'] as const;
export type QuotaHolder = (typeof quotaHolders)[number];
