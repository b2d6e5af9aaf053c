/** How the end of what has none is stored, so that times can be compared. */
export const endOf = (until: number | null): number => until ?? Number.MAX_SAFE_INTEGER;

export const untilOf = (stored: number): number | null => (stored === Number.MAX_SAFE_INTEGER ? null : stored);
