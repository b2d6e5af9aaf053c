const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** One per language and unit. */
const formats = new Map<string, Intl.NumberFormat>();

/** How large something is, in words of this language (BCP 47), such as `4.3 GB`; a kilobyte has 1,000 bytes. */
export function sizeWords(bytes: number, locale: string): string {
  const shown = Number(bytes.toPrecision(3));
  const power = Math.min(units.length - 1, shown < 1_000 ? 0 : Math.floor(Math.log10(shown) / 3));
  return formatIn(locale, units[power] ?? 'byte').format(bytes / 1_000 ** power);
}

function formatIn(locale: string, unit: (typeof units)[number]): Intl.NumberFormat {
  const key = `${locale} ${unit}`;
  const made = formats.get(key);
  if (made) return made;
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumSignificantDigits: 3 });
  formats.set(key, format);
  return format;
}
