import type { Upload } from '@confab/client';
import { perLanguage, sayRefusal } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { formatSize } from '../files/file-words.ts';

const wholePercent = perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'percent' }));

const units = ['second', 'minute', 'hour'] as const;
const inUnit = Object.fromEntries(
  units.map((unit) => [
    unit,
    perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })),
  ]),
) as Readonly<Record<(typeof units)[number], () => Intl.NumberFormat>>;

type Progress = Pick<Upload, 'status' | 'size' | 'sent' | 'bytesPerSecond' | 'error'>;

/** How much has arrived, 0 to 1. An empty file has when it is there. */
export function shareOf({ status, size, sent }: Pick<Upload, 'status' | 'size' | 'sent'>): number {
  if (status === 'arrived') return 1;
  return size === 0 ? 0 : Math.min(1, sent / size);
}

export function formatPercent(share: number): string {
  return wholePercent().format(Math.floor(share * 100) / 100);
}

/** How a file that is on its way is doing, in a few words. */
export function progressText(upload: Progress): string {
  const { status, size, sent, bytesPerSecond, error } = upload;
  const whole = formatSize(size);
  switch (status) {
    case 'arrived':
      return whole;
    case 'waiting':
      return sent === 0 ? t('{size} · waits', { size: whole }) : t('{sent} of {size} · waits', sizes(sent, whole));
    case 'failed':
      return error === null ? t('It could not be sent.') : sayRefusal(error);
    case 'lost':
      return error === null
        ? t('Choose the file again to go on.')
        : t('That is another file. Choose the one that you chose first.');
    default:
      return sending(size, sent, bytesPerSecond);
  }
}

const sizes = (sent: number, size: string) => ({ sent: formatSize(sent), size });

function sending(size: number, sent: number, bytesPerSecond: number | null): string {
  const whole = formatSize(size);
  if (bytesPerSecond === null || bytesPerSecond <= 0) return t('{sent} of {size}', sizes(sent, whole));
  const speed = formatSize(bytesPerSecond);
  const left = formatLeft((size - sent) / bytesPerSecond);
  return t('{sent} of {size} · {speed}/s · {left} left', { ...sizes(sent, whole), speed, left });
}

/** A time in one unit, rounded up: what is promised is kept. */
function formatLeft(seconds: number): string {
  if (seconds < 59.5) return inUnit.second().format(Math.max(1, Math.ceil(seconds)));
  if (seconds < 3_599) return inUnit.minute().format(Math.ceil(seconds / 60));
  return inUnit.hour().format(Math.ceil(seconds / 3_600));
}
