import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
/** Median of `values`; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const unit = (name: string, fractionDigits: number) =>
  perLanguage(
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: name,
        minimumFractionDigits: fractionDigits,
        maximumFractionDigits: fractionDigits,
      }),
  );
const wholeMillis = unit('millisecond', 0);
const fineMillis = unit('millisecond', 1);
const fineKilobytes = unit('kilobyte', 1);

export const millis = (ms: number): string => (ms < 10 ? fineMillis() : wholeMillis()).format(ms);

export function kilobytes(chars: number): string {
  return chars < 1_000 ? t('{count} B', { count: chars }) : fineKilobytes().format(chars / 1_000);
}
