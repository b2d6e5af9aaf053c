import type { Draft } from './drafts.ts';

type Said = Pick<Draft, 'text' | 'quote'>;

/** Whether it stands for what was sent or given up. */
export const isEmptyDraft = ({ text, quote }: Said): boolean => text === '' && quote === undefined;

export const saysTheSame = (a: Said, b: Said): boolean => a.text === b.text && a.quote === b.quote;
